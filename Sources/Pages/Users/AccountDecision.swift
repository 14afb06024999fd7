import Auth
import Crypto

/// What was decided about an account that waits, as the address of the next page says it:
/// `?done=approved`.
enum AccountDecision: String {
    case approved, declined
}

/// Where an administrator decides, and goes on afterwards: a closed word in the form.
enum DecisionOrigin: String {
    case overview
    case users
    /// The list of the accounts that wait.
    case waiting
    /// The page of the account.
    case user

    /// The name of the field.
    static let field = "from"

    /// The page that says what was decided; a declined account has none any more.
    func address(after decision: AccountDecision, of id: UUID) -> String {
        let done = "done=\(decision.rawValue)"
        return switch (self, decision) {
        case (.overview, _): "\(Pages.Path.admin)?\(done)"
        case (.waiting, _): "\(Pages.Path.adminUsers)?status=pending&\(done)"
        case (.user, .approved): "\(Pages.Path.adminUsers)/\(id)?\(done)"
        case (.users, _), (.user, .declined): "\(Pages.Path.adminUsers)?\(done)"
        }
    }
}

extension PageContext {
    /// The buttons with which an administrator decides about an account that waits.
    ///
    /// - Parameters:
    ///   - account: The account.
    ///   - origin: Where the buttons are.
    ///   - approving: How the first looks.
    ///   - declining: How the second looks.
    /// - Returns: Two forms of one button.
    func decisionForms(
        _ account: Account, from origin: DecisionOrigin, _ approving: ButtonStyle = .secondary,
        _ declining: ButtonStyle = .secondary
    ) -> HTML {
        let path = "/auth/users/\(account.id)"
        return html {
            postForm(
                "\(path)/approve", hidden: [DecisionOrigin.field: origin.rawValue],
                button(texts.approve, approving, object: account.name))
            postForm(
                "\(path)/decline", hidden: [DecisionOrigin.field: origin.rawValue],
                button(texts.decline, declining, object: account.name))
        }
    }

    /// The notice that an account was approved or declined, where the address says so.
    var decisionNotice: HTML? {
        AccountDecision(rawValue: query("done")).map { decision in
            notice(.success, text: texts.done(decision), follows: .action)
        }
    }
}
