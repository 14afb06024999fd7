#pragma once
#include <stddef.h>
#include <sys/types.h>

/// Begins to write down what this thread asks of the disk: `sync PATH`, `rename OLD NEW` and
/// `link OLD NEW`, a line each.
void disk_calls_begin(void);

/// Ends that.
///
/// Returns how many bytes of lines there are; as many as fit are copied.
size_t disk_calls_end(char *lines, size_t size);

/// Whether bytes lie anywhere in the memory that this process may write to, the stacks of its threads
/// and all. They are given combined with `mask` by exclusive or, so that the search does not find what
/// it is looking for in itself.
int memory_holds(const unsigned char *masked, size_t count, unsigned char mask);

/// A program that runs.
struct command {
    pid_t pid;
    /// The end of a pipe to its standard input; no other process has it.
    int input;
    /// The end of a pipe from its standard output and error.
    int output;
};

/// Starts a program in a session of its own, with no descriptor but its standard streams and no variable but
/// PATH and LC_ALL.
///
/// `words` are the absolute path of the program, its arguments, and NULL. Returns 0, or the number of an error.
int command_spawn(const char *const *words, struct command *command);
