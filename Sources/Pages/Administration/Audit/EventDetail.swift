import Auth
import Web

/// A change that the sentence about its event does not say, in the words that other pages have for its values.
///
/// - Parameters:
///   - change: The change; one of a later version is shown as it is recorded.
///   - kind: Of its event.
///   - now: The time of the request.
///   - texts: Of the page's language.
/// - Returns: A label and one value or two.
func eventDetail(
    _ change: EventChange, of kind: EventKind, now: Timestamp, texts: any Texts
) -> HTML {
    guard let name = change.known else {
        return texts.detail(change.name, from: change.old.map(bdi), to: change.new.map(bdi))
    }
    let label = texts.label(of: name, in: kind)
    let old = change.old.map { value($0, of: name, now: now, texts: texts) }
    let new = change.new.map { value($0, of: name, now: now, texts: texts) }
    switch name {
    case .links, .invitations, .passkeys:
        // How many ended: none is left.
        return texts.detail(label, from: nil, to: old ?? new)
    case .confirmed, .paused, .revoked, .expired, .nativeSignin, .register, .signup, .approval,
        .requireEmailVerification, .count, .left, .uses, .first:
        // The value before is the opposite, or follows from this one.
        return texts.detail(label, from: nil, to: new ?? old)
    case .time:
        guard let old, let new else { return texts.detail(label, from: nil, to: new ?? old) }
        return texts.detail(label, between: old, and: new)
    default:
        // A setting can be cleared; all else is gone together with what the event is about.
        return new == nil && kind != .settingsChanged
            ? texts.detail(label, from: nil, to: old) : texts.detail(label, from: old, to: new)
    }
}

private func value(
    _ text: String, of name: EventChange.Name, now: Timestamp, texts: any Texts
) -> HTML {
    switch name {
    case .until, .expires, .expiresAt, .time:
        Timestamp(rfc3339: text).map { time($0, now: now, texts: texts) } ?? bdi(text)
    default:
        word(for: text, of: name, texts).map { HTML($0) } ?? bdi(text)
    }
}

/// The word for a value; nil where it has none and is shown as it is recorded.
private func word(for text: String, of name: EventChange.Name, _ texts: any Texts) -> String? {
    switch name {
    case .role: Account.Role(rawValue: text).map { texts.name(of: $0) }
    case .tier: Account.Tier(rawValue: text).map { texts.name(of: $0) }
    case .status: Account.Status(rawValue: text).map { texts.name(of: $0) }
    case .confirmed, .paused, .revoked, .expired: Bool(text).map { texts.answer($0) }
    case .nativeSignin, .register, .signup, .approval, .requireEmailVerification:
        Bool(text).map { texts.state(isOn: $0) }
    case .method, .factor: SignInMethod(rawValue: text).map { texts.name(of: $0) }
    case .factors: ExportedFactors(rawValue: text).map { texts.name(of: $0) }
    case .limit:
        Throttle.Limit(rawValue: text).map {
            withoutPeriod(texts.explanations.sentence(for: $0.reason))
        }
    case .scopes:
        APIKey.Scopes(names: text.split(separator: " ").map(String.init))
            .map { texts.allowed(by: $0) }
    case .mail: Mail.Kind(rawValue: text).map { texts.name(of: $0) }
    case .outcome: EmailRejection.Outcome(rawValue: text).map { texts.name(of: $0) }
    case .migrationType:
        SetupRecord.MigrationType(rawValue: text).map { type in
            switch type {
            case .automatic: texts.migratesAutomatically
            case .manual: texts.migratesManually
            }
        }
    case .retentionPeriod: texts.period(text)
    case .count, .recoveryCodes, .passkeys, .left, .links, .invitations, .maxUses, .uses, .first:
        Int(text).map { texts.number($0) }
    case .until, .expires, .expiresAt, .time, .email, .name, .owner, .methods, .reason, .kept,
        .browser, .password, .prefix, .siteName, .siteAccent, .siteSupport, .databaseName,
        .websiteURL:
        nil
    }
}

private func withoutPeriod(_ sentence: String) -> String {
    sentence.hasSuffix(".") ? String(sentence.dropLast()) : sentence
}
