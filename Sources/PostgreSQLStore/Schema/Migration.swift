/// One numbered step of the schema, in SQL that other engines of the same protocol know, too: no
/// extension, no sequence, no procedure, no type but bigint, boolean, bytea, text and uuid.
///
/// It is never edited once it was released: the next one is added. Daemons of the version before run on
/// while it runs and after it, so a change of what they use takes two releases:
///
/// 1. *Expand*: add the table, the nullable column or the one with a default, the index. The program
///    writes both the old and the new, and reads the new where it is there. `oldestProgram` stays what it
///    was.
/// 2. *Contract*, a release later at the earliest: remove the old. `oldestProgram` is the version of the
///    step that expanded: no daemon of before it may run any more.
///
/// A step is one transaction and locks what it alters: tables of any size are neither rewritten nor
/// filled in it. Rows are filled by the program, in batches, between the two.
struct Migration: Sendable {
    /// Counts from 1 without gaps.
    let version: Int
    /// The version of the oldest program that works on the schema after this step.
    let oldestProgram: Int
    /// Run in order, in one transaction.
    let statements: [String]
}

/// The schema, as the steps that lead to it.
struct Schema: Sendable {
    /// All steps, by version.
    let migrations: [Migration]

    /// The schema of this version of the program.
    static let current = Schema(migrations: [.first])

    /// The number of the last step.
    var version: Int { migrations.last?.version ?? 0 }
}
