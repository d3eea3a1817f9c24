"""The seccomp filter: an allow-list of what NumPy, torch, IPython and a shell need; everything else does not exist.

It is compiled once in the warm process and put into force in each child.
"""

from __future__ import annotations

import errno
import tempfile
from contextlib import suppress

import pyseccomp as seccomp

from autograder.execution.sandbox.linux import NEW_NAMESPACES

AF_UNIX = 1
TIOCSTI = 0x5412
BINARY_TREE = 2

FILES = """
    access chdir chmod close close_range copy_file_range creat dup dup2 dup3 eventfd2 faccessat faccessat2 fadvise64
    fallocate fchdir fchmod fchmodat fcntl fdatasync fstat fsync ftruncate getcwd getdents getdents64 getxattr
    inotify_add_watch inotify_init1 inotify_rm_watch lgetxattr link linkat listxattr llistxattr lseek lstat mkdir
    mkdirat newfstatat open openat pipe pipe2 pread64 preadv preadv2 pwrite64 pwritev pwritev2 read readahead
    readlink readlinkat readv rename renameat renameat2 rmdir sendfile splice stat statfs fstatfs statx symlink
    symlinkat sync_file_range tee truncate umask unlink unlinkat utime utimensat utimes write writev
"""
MEMORY = """
    brk get_mempolicy madvise mincore mlock mlock2 mmap mprotect mremap msync munlock munmap membarrier
"""
PROCESSES = """
    alarm arch_prctl capget execve execveat exit exit_group futex futex_waitv get_robust_list set_robust_list
    get_thread_area set_thread_area getcpu getegid geteuid getgid getgroups getitimer getpgid getpgrp getpid getppid
    getpriority getresgid getresuid getrlimit getrusage getsid gettid getuid kill nanosleep pause prctl prlimit64 rseq
    rt_sigaction rt_sigpending rt_sigprocmask rt_sigqueueinfo rt_sigreturn rt_sigsuspend rt_sigtimedwait
    rt_tgsigqueueinfo sched_get_priority_max sched_get_priority_min sched_getaffinity sched_getattr sched_getparam
    sched_getscheduler sched_setaffinity sched_yield set_tid_address setitimer setpgid setpriority setrlimit setsid
    sigaltstack tgkill time timer_create timer_delete timer_getoverrun timer_gettime timer_settime timerfd_create
    timerfd_gettime timerfd_settime times tkill uname sysinfo vfork fork wait4 waitid pidfd_open pidfd_send_signal
"""
WAITING = """
    clock_getres clock_gettime clock_nanosleep gettimeofday epoll_create epoll_create1 epoll_ctl epoll_pwait
    epoll_pwait2 epoll_wait poll ppoll pselect6 select restart_syscall getrandom
"""
SOCKETS = """
    accept accept4 bind connect getpeername getsockname getsockopt listen recvfrom recvmsg recvmmsg sendmsg sendmmsg
    sendto setsockopt shutdown
"""
REFUSED = """
    mount umount2 pivot_root chroot unshare setns ptrace process_vm_readv process_vm_writev bpf perf_event_open
    io_uring_setup io_uring_enter io_uring_register add_key request_key keyctl userfaultfd memfd_create shmget msgget
    semget mq_open open_by_handle_at name_to_handle_at kexec_load init_module finit_module delete_module reboot swapon
    swapoff acct quotactl sethostname setdomainname settimeofday clock_settime adjtimex syslog personality pidfd_getfd
    chown fchown lchown fchownat mknod mknodat setuid setgid setreuid setregid setresuid setresgid setgroups setfsuid
    setfsgid capset setxattr lsetxattr fsetxattr
"""


def compiled() -> bytes:
    """The filter as the kernel wants it."""
    # What is not on a list "does not exist": the C library then does without it (clone3 → clone, and the like).
    found = seccomp.SyscallFilter(seccomp.ERRNO(errno.ENOSYS))
    for name in (FILES + MEMORY + PROCESSES + WAITING + SOCKETS).split():
        _rule(found, seccomp.ALLOW, name)
    for name in REFUSED.split():
        _rule(found, seccomp.ERRNO(errno.EPERM), name)
    # Threads and processes, but no namespaces; sockets between the submission's own processes, no network.
    _rule(found, seccomp.ALLOW, "clone", seccomp.Arg(0, seccomp.MASKED_EQ, NEW_NAMESPACES, 0))
    for name in ("socket", "socketpair"):
        _rule(found, seccomp.ALLOW, name, seccomp.Arg(0, seccomp.EQ, AF_UNIX))
        _rule(found, seccomp.ERRNO(errno.ENETUNREACH), name, seccomp.Arg(0, seccomp.NE, AF_UNIX))
    # Terminals may be asked for, not typed into (TIOCSTI pushes characters into a terminal's input).
    _rule(found, seccomp.ALLOW, "ioctl", seccomp.Arg(1, seccomp.NE, TIOCSTI))
    with suppress(OSError):  # before libseccomp 2.5
        found.set_attr(seccomp.Attr.CTL_OPTIMIZE, BINARY_TREE)  # the kernel tries every call on it when it is loaded
    with tempfile.TemporaryFile() as file:
        found.export_bpf(file)
        file.seek(0)
        return file.read()


def _rule(found: seccomp.SyscallFilter, action: int, name: str, *arguments: seccomp.Arg) -> None:
    try:
        found.add_rule(action, name, *arguments)
    except OSError as error:  # some architectures lack some calls: open, fork, …
        if error.errno not in (errno.EFAULT, errno.EDOM, errno.EINVAL):
            raise
