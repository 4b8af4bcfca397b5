/* Writes down what a process asks of its files, so that a cut of the power can be played afterwards.
 *
 * Preloaded (LD_PRELOAD) into the kill harness. Silent until `powercut_begin(folder, log)` is called; from then on
 * every change of a file directly in `folder` is done as asked and also appended to `log`, in the order in which it
 * happened: making, writing, cutting, renaming and removing a file, and the calls that promise durability (fsync and
 * fdatasync, of files and of the folder itself). A process that is killed leaves the log behind; benchmarks/killing/
 * disk.py builds from it the disk as it would be if nothing had survived that was not made durable by such a call.
 *
 * A record: one byte for what, then path length (4), offset (8), data length (8), path, data; numbers little-endian.
 * Memory-mapped writes are not seen. SQLite uses them for its -shm file only, which it makes anew after a crash.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

#define MOST_FILES 4096

static pthread_mutex_t turn = PTHREAD_MUTEX_INITIALIZER;
static char folder[PATH_MAX];
static size_t folder_length = 0;
static int log_file = -1;
static char *names[MOST_FILES];

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

static void note(char what, const char *path, uint64_t offset, const void *data, uint64_t length) {
    unsigned char head[21];
    uint32_t size = (uint32_t)strlen(path);
    head[0] = (unsigned char)what;
    memcpy(head + 1, &size, 4);
    memcpy(head + 5, &offset, 8);
    memcpy(head + 13, &length, 8);
    struct iovec parts[3] = {{head, sizeof head}, {(void *)path, size}, {(void *)data, length}};
    ssize_t written = writev(log_file, parts, length ? 3 : 2);
    if (written != (ssize_t)(sizeof head + size + length))
        abort();
}

/* The folder itself counts as inside: its fsync makes names durable. */
static int inside(const char *path) {
    return log_file >= 0 && path != NULL && strncmp(path, folder, folder_length) == 0 &&
           (path[folder_length] == '\0' ||
            (path[folder_length] == '/' && strchr(path + folder_length + 1, '/') == NULL));
}

static const char *name_of(int file) {
    return log_file >= 0 && file >= 0 && file < MOST_FILES ? names[file] : NULL;
}

__attribute__((visibility("default"))) void powercut_begin(const char *place, const char *log) {
    snprintf(folder, sizeof folder, "%s", place);
    folder_length = strlen(folder);
    log_file = REAL(open)(log, O_WRONLY | O_CREAT | O_TRUNC | O_APPEND | O_CLOEXEC, 0600);
    if (log_file < 0)
        abort();
}

static int opened(const char *path, int flags, mode_t mode, int (*really)(const char *, int, ...)) {
    if (!inside(path))
        return really(path, flags, mode);
    pthread_mutex_lock(&turn);
    struct stat before;
    int there = stat(path, &before) == 0;
    int file = really(path, flags, mode);
    if (file >= 0) {
        if (file >= MOST_FILES)
            abort();
        free(names[file]);
        names[file] = strdup(path);
        if (!there)
            note('C', path, 0, NULL, 0);
        else if (flags & O_TRUNC)
            note('T', path, 0, NULL, 0);
    }
    pthread_mutex_unlock(&turn);
    return file;
}

#define OPENING(name)                                                   \
    int name(const char *path, int flags, ...) {                        \
        mode_t mode = 0;                                                \
        if ((flags & O_CREAT) || (flags & O_TMPFILE) == O_TMPFILE) {    \
            va_list rest;                                               \
            va_start(rest, flags);                                      \
            mode = va_arg(rest, mode_t);                                \
            va_end(rest);                                               \
        }                                                               \
        return opened(path, flags, mode, (int (*)(const char *, int, ...))dlsym(RTLD_NEXT, #name)); \
    }
OPENING(open)
OPENING(open64)

int close(int file) {
    pthread_mutex_lock(&turn);
    if (file >= 0 && file < MOST_FILES && names[file] != NULL) {
        free(names[file]);
        names[file] = NULL;
    }
    pthread_mutex_unlock(&turn);
    return REAL(close)(file);
}

ssize_t write(int file, const void *data, size_t length) {
    const char *path = name_of(file);
    if (path == NULL)
        return REAL(write)(file, data, length);
    pthread_mutex_lock(&turn);
    off_t end = lseek(file, 0, fcntl(file, F_GETFL) & O_APPEND ? SEEK_END : SEEK_CUR);
    ssize_t done = REAL(write)(file, data, length);
    if (done > 0)
        note('W', path, (uint64_t)end, data, (uint64_t)done);
    pthread_mutex_unlock(&turn);
    return done;
}

#define WRITING_AT(name, offset_type)                                              \
    ssize_t name(int file, const void *data, size_t length, offset_type offset) { \
        const char *path = name_of(file);                                          \
        if (path == NULL)                                                          \
            return REAL(name)(file, data, length, offset);                         \
        pthread_mutex_lock(&turn);                                                 \
        ssize_t done = REAL(name)(file, data, length, offset);                     \
        if (done > 0)                                                              \
            note('W', path, (uint64_t)offset, data, (uint64_t)done);               \
        pthread_mutex_unlock(&turn);                                               \
        return done;                                                               \
    }
WRITING_AT(pwrite, off_t)
WRITING_AT(pwrite64, off64_t)

#define CUTTING(name, length_type)                                   \
    int name(int file, length_type length) {                        \
        const char *path = name_of(file);                            \
        if (path == NULL)                                            \
            return REAL(name)(file, length);                         \
        pthread_mutex_lock(&turn);                                   \
        int done = REAL(name)(file, length);                         \
        if (done == 0)                                               \
            note('T', path, (uint64_t)length, NULL, 0);              \
        pthread_mutex_unlock(&turn);                                 \
        return done;                                                 \
    }
CUTTING(ftruncate, off_t)
CUTTING(ftruncate64, off64_t)

#define MAKING_DURABLE(name)                                         \
    int name(int file) {                                             \
        const char *path = name_of(file);                            \
        if (path == NULL)                                            \
            return REAL(name)(file);                                 \
        pthread_mutex_lock(&turn);                                   \
        int done = REAL(name)(file);                                 \
        if (done == 0)                                               \
            note('S', path, 0, NULL, 0);                             \
        pthread_mutex_unlock(&turn);                                 \
        return done;                                                 \
    }
MAKING_DURABLE(fsync)
MAKING_DURABLE(fdatasync)

int rename(const char *before, const char *after) {
    if (!inside(before) && !inside(after))
        return REAL(rename)(before, after);
    pthread_mutex_lock(&turn);
    int done = REAL(rename)(before, after);
    if (done == 0)
        note('R', before, 0, after, strlen(after));
    pthread_mutex_unlock(&turn);
    return done;
}

int unlink(const char *path) {
    if (!inside(path))
        return REAL(unlink)(path);
    pthread_mutex_lock(&turn);
    int done = REAL(unlink)(path);
    if (done == 0)
        note('U', path, 0, NULL, 0);
    pthread_mutex_unlock(&turn);
    return done;
}

/* Copies inside the kernel would pass us by; whoever asks for one falls back to reading and writing. */
ssize_t sendfile(int to, int from, off_t *offset, size_t count) {
    if (name_of(to) != NULL) {
        errno = EINVAL;
        return -1;
    }
    ssize_t (*really)(int, int, off_t *, size_t) = dlsym(RTLD_NEXT, "sendfile");
    return really(to, from, offset, count);
}

ssize_t sendfile64(int to, int from, off64_t *offset, size_t count) {
    if (name_of(to) != NULL) {
        errno = EINVAL;
        return -1;
    }
    ssize_t (*really)(int, int, off64_t *, size_t) = dlsym(RTLD_NEXT, "sendfile64");
    return really(to, from, offset, count);
}
