"""The numbers of the system calls that notebook code may make, from the kernel's headers: name, x86_64, aarch64."""

from __future__ import annotations

_FREE = """
read 0 63; write 1 64; close 3 57; fstat 5 80; stat 4 -; lstat 6 -; newfstatat 262 79; statx 332 291; poll 7 -;
ppoll 271 73; select 23 -; pselect6 270 72; lseek 8 62; mmap 9 222; mprotect 10 226; munmap 11 215; brk 12 214;
rt_sigaction 13 134; rt_sigprocmask 14 135; rt_sigreturn 15 139; rt_sigpending 127 136; rt_sigtimedwait 128 137;
rt_sigsuspend 130 133; sigaltstack 131 132; pause 34 -; pread64 17 67; pwrite64 18 68; readv 19 65; writev 20 66;
preadv 295 69; pwritev 296 70; access 21 -; faccessat 269 48; faccessat2 439 439; pipe 22 -; pipe2 293 59;
sched_yield 24 124; mremap 25 216; msync 26 227; mincore 27 232; madvise 28 233; dup 32 23; dup2 33 -; dup3 292 24;
nanosleep 35 101; clock_nanosleep 230 115; getitimer 36 102; setitimer 38 103; alarm 37 -; getpid 39 172; getppid
110 173; gettid 186 178; exit 60 93; exit_group 231 94; uname 63 160; flock 73 32; fsync 74 82; fdatasync 75 83;
ftruncate 77 46; getdents 78 -; getdents64 217 61; getcwd 79 17; chdir 80 49; fchdir 81 50; rename 82 -; renameat
264 38; renameat2 316 276; mkdir 83 -; mkdirat 258 34; rmdir 84 -; creat 85 -; unlink 87 -; unlinkat 263 35; symlink
88 -; symlinkat 266 36; readlink 89 -; readlinkat 267 78; umask 95 166; gettimeofday 96 169; time 201 -; times 100
153; getrusage 98 165; sysinfo 99 179; getuid 102 174; geteuid 107 175; getgid 104 176; getegid 108 177; getresuid
118 148; getresgid 120 150; getgroups 115 158; getpgrp 111 -; getpgid 121 155; getsid 124 156; getrlimit 97 163;
futex 202 98; set_robust_list 273 99; get_robust_list 274 100; rseq 334 293; arch_prctl 158 -; set_tid_address 218
96; sched_getaffinity 204 123; clock_gettime 228 113; clock_getres 229 114; getrandom 318 278; getcpu 309 168;
epoll_create1 291 20; epoll_create 213 -; epoll_ctl 233 21; epoll_wait 232 -; epoll_pwait 281 22; eventfd2 290 19;
wait4 61 260; waitid 247 95; restart_syscall 219 128; open 2 -; openat 257 56; close_range 436 436; statfs 137 43;
fstatfs 138 44; fadvise64 221 223; copy_file_range 326 285; sendfile 40 71; membarrier 324 283
"""

# Allowed for some arguments only.
_CHECKED = "clone 56 220; kill 62 129; tgkill 234 131; ioctl 16 29; fcntl 72 25; prctl 157 167; prlimit64 302 261"

AUDIT = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}


def _column(table: str, machine: str) -> dict[str, int]:
    column = list(AUDIT).index(machine) + 1
    rows = (row.split() for row in table.split(";"))
    return {row[0]: int(row[column]) for row in rows if row[column] != "-"}


def free(machine: str) -> list[int]:
    """Numbers that are allowed whatever their arguments."""
    return list(_column(_FREE, machine).values())


def checked(machine: str) -> dict[str, int]:
    """Name and number of the calls whose arguments are looked at."""
    return _column(_CHECKED, machine)
