import Auth

/// Fields that the page of setup and that of the settings share.
extension PageContext {
    /// For how long history is kept.
    ///
    /// - Parameters:
    ///   - selected: As stored: `6m`; listed also where it is no usual period.
    ///   - error: What is wrong with the value.
    ///   - locked: Why it cannot be changed here.
    /// - Returns: The field.
    func retentionField(
        selected: String, error: FieldError?, locked: String? = nil
    ) -> HTML {
        let usual = ["1m", "3m", "6m", "1y", "2y"]
        let periods = usual.contains(selected) ? usual : usual + [selected]
        return selectField(
            texts.retentionLabel, name: "retentionPeriod",
            periods.map { SelectOption($0, texts.period($0)) }, selected: selected, error: error,
            locked: locked)
    }

    /// When schema migrations run; parameters as those of `retentionField`.
    func migrationField(
        selected: String, error: FieldError?, locked: String? = nil
    ) -> HTML {
        selectField(
            texts.migrationLabel, name: "migrationType",
            [
                SelectOption("automatic", texts.migratesAutomatically),
                SelectOption("manual", texts.migratesManually),
            ], selected: selected, hint: texts.migrationHint, error: error, locked: locked)
    }

    /// Where the configuration sets a value.
    func text(_ place: SettingPlace) -> String {
        switch place {
        case .file(let key): texts.setInFile(key)
        case .environment(let variable): texts.setInEnvironment(variable)
        }
    }
}
