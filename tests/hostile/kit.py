"""What attacks have in common. The harness puts this text into the first cell of every attacker's notebook.

An attack says what came of it: "tried …" where it was refused, "ESCAPED …" where it was not, "BROKEN …" where the
attack itself is at fault.
"""

import ctypes
import os
import stat
import struct

SYSCALLS = {
    "mount": 165,
    "chroot": 161,
    "reboot": 169,
    "init_module": 175,
    "ptrace": 101,
    "add_key": 248,
    "keyctl": 250,
    "unshare": 272,
    "setns": 308,
    "perf_event_open": 298,
    "name_to_handle_at": 303,
    "open_by_handle_at": 304,
    "process_vm_readv": 310,
    "finit_module": 313,
    "memfd_create": 319,
    "kexec_file_load": 320,
    "bpf": 321,
    "userfaultfd": 323,
    "io_uring_setup": 425,
    "open_tree": 428,
    "move_mount": 429,
    "fsopen": 430,
    "pidfd_open": 434,
    "clone3": 435,
    "pidfd_getfd": 438,
    "mount_setattr": 442,
    "landlock_create_ruleset": 444,
    "memfd_secret": 447,
    "clone": 56,
    "shmget": 29,
    "msgget": 68,
    "semget": 64,
    "mq_open": 240,
    "pivot_root": 155,
    "swapon": 167,
    "sethostname": 170,
    "settimeofday": 164,
    "personality": 135,
    "prctl": 157,
    "seccomp": 317,
    "setuid": 105,
    "setgid": 106,
    "setgroups": 116,
    "capset": 126,
    "mknod": 133,
    "quotactl": 179,
    "acct": 163,
    "syslog": 103,
    "iopl": 172,
    "vhangup": 153,
}


def attempt(what, action):
    """Try something that must be refused."""
    try:
        result = action()
    except (OSError, MemoryError, ImportError, EOFError, RuntimeError, AttributeError) as error:
        print("tried", what, "->", type(error).__name__, str(error)[:80])
    except Exception as error:  # noqa: BLE001
        print("BROKEN", what, repr(error)[:200])
    else:
        print("ESCAPED", what, repr(result)[:200])


def syscall(name, *arguments):
    """A system call by its number on x86-64; raises OSError where the kernel refuses."""
    libc = ctypes.CDLL(None, use_errno=True)
    values = [ctypes.c_long(a) if isinstance(a, int) else a for a in arguments]
    result = libc.syscall(ctypes.c_long(SYSCALLS[name]), *values)
    if result < 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))
    return result


def read(path):
    """A file's bytes; raises OSError where there are none to read."""
    with open(path, "rb") as file:  # noqa: PTH123
        found = file.read(100_000)
    if not found:
        raise OSError(f"{path} is empty")
    return found


def append(path, text=b"fieldmark-hostile"):
    """Write at a file's end."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o666)
    try:
        return os.write(descriptor, text)
    finally:
        os.close(descriptor)


def sockets():
    """The descriptors of this process that are sockets: one of them leads to the grader."""
    found = []
    for name in os.listdir("/proc/self/fd"):  # noqa: PTH208
        try:
            if stat.S_ISSOCK(os.fstat(int(name)).st_mode):
                found.append(int(name))
        except OSError:
            continue
    return found


def frame(message, size=None):
    """A frame as the grader's protocol has it."""
    import json

    body = message if isinstance(message, bytes) else json.dumps(message).encode()
    return struct.pack("!I", len(body) if size is None else size) + body


def forge(*pieces):
    """Write bytes to every socket there is."""
    for descriptor in sockets():
        for piece in pieces:
            try:
                os.write(descriptor, piece)
            except OSError as error:
                print("tried socket", descriptor, error)
