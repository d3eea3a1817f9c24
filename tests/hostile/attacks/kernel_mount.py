# ruff: noqa
"""Mounts: binds, a tmpfs, the host's disk, /proc again; by the old calls and by the new ones; and lifts read-only.

MUST HAPPEN: refused.
"""
# expect: points <= 0
# expect: output contains "tried"

# %% q1_answer
import os

os.makedirs("m", exist_ok=True)
for source, kind, flags in (("tmpfs", "tmpfs", 0), ("/", "", 4096), ("proc", "proc", 0), ("/dev/vda", "ext4", 1)):
    attempt(
        f"mount {source}",
        lambda source=source, kind=kind, flags=flags: syscall("mount", source.encode(), b"m", kind.encode(), flags, 0),
    )
attempt("remount", lambda: syscall("mount", b"none", b"/", b"", 32 | 4096, 0))
attempt("fsopen", lambda: syscall("fsopen", b"tmpfs", 0))
attempt("open_tree", lambda: syscall("open_tree", -100, b"/", 1))
attempt("mount_setattr", lambda: syscall("mount_setattr", -100, b"/", 0, bytes(32), 32))
print("ESCAPED: umount" if os.system("umount -l /proc 2>/dev/null") == 0 else "tried: umount")
attempt("pivot_root", lambda: syscall("pivot_root", b".", b"m"))
attempt("name_to_handle", lambda: syscall("name_to_handle_at", -100, b"/", bytes(128), bytes(8), 0))
attempt("open_by_handle", lambda: syscall("open_by_handle_at", 0, (8).to_bytes(4, "little") + bytes(32), 0))
