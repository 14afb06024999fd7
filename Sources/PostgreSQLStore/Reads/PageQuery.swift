import Auth
import Crypto

/// The part of a query that makes it a page of a list, newest first.
///
/// A page ends with one row more than was asked for, where there is one: that tells whether another page
/// follows.
struct PageQuery {
    /// What comes behind the conditions of the list: where the page begins, the order, and its length.
    let sql: String
    /// The parameters of the list, and behind them those of the page.
    let values: [SQLValue]

    /// A page of a list by age.
    ///
    /// - Parameters:
    ///   - page: The requested page.
    ///   - values: The parameters of the list.
    init(_ page: PageRequest, after values: [SQLValue] = []) {
        var (start, values) = ("", values)
        if let after = page.after {
            values += [after.key.value, .id(after.id)]
            start = "AND (created_at, id) < ($\(values.count - 1), $\(values.count))"
        }
        values.append(.integer(Int64(page.limit) + 1))
        sql = "\(start) ORDER BY created_at DESC, id DESC LIMIT $\(values.count)"
        self.values = values
    }
}

extension Cursor.Key {
    /// The value in its column.
    var value: SQLValue {
        switch self {
        case .createdAt(let time): .time(time)
        case .foldedName(let name): .text(name)
        }
    }
}
