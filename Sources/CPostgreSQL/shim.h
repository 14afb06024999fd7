#pragma once
#include <dlfcn.h>
// Debian keeps the header in a directory of its own; others do not.
#if __has_include(<postgresql/libpq-fe.h>)
#include <postgresql/libpq-fe.h>
#else
#include <libpq-fe.h>
#endif

// libpq is never linked: it is loaded when a PostgreSQL server is used. Its header declares the types
// of the functions, so that the table below cannot differ from them.

/// The functions of libpq that are used, once each.
#define CPOSTGRESQL_FUNCTIONS(each)                                                               \
    each(PQclear) each(PQcmdStatus) each(PQcmdTuples) each(PQconnectPoll)                         \
    each(PQconnectStartParams) each(PQconsumeInput) each(PQenterPipelineMode)                     \
    each(PQerrorMessage) each(PQfinish) each(PQflush) each(PQfname) each(PQfreemem)               \
    each(PQftype) each(PQgetResult) each(PQgetisnull) each(PQgetlength) each(PQgetvalue)          \
    each(PQisBusy) each(PQnfields) each(PQnotifies) each(PQntuples) each(PQpipelineSync)          \
    each(PQresultErrorField) each(PQresultStatus) each(PQsendPrepare) each(PQsendQueryParams)     \
    each(PQsendQueryPrepared) each(PQserverVersion) each(PQsetNoticeReceiver)                     \
    each(PQsetnonblocking) each(PQsocket) each(PQstatus)

/// The loaded functions, by their names.
struct cpostgresql_functions {
#define CPOSTGRESQL_MEMBER(name) __typeof__(&name) _Nonnull name;
    CPOSTGRESQL_FUNCTIONS(CPOSTGRESQL_MEMBER)
#undef CPOSTGRESQL_MEMBER
};

/// Finds all functions in a library from dlopen(3); the name of the first that it lacks, or NULL.
static inline const char *_Nullable cpostgresql_load(
    void *_Nonnull library, struct cpostgresql_functions *_Nonnull functions) {
#define CPOSTGRESQL_LOAD(name) \
    if (!(*(void **)&functions->name = dlsym(library, #name))) return #name;
    CPOSTGRESQL_FUNCTIONS(CPOSTGRESQL_LOAD)
#undef CPOSTGRESQL_LOAD
    return 0;
}
