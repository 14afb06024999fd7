import Glibc
import Testing

extension EndToEnd {
    /// The metrics of a server.
    @Suite struct MetricsTests {
        /// The changes of metrics caused by some requests.
        private func change(
            in daemon: Daemon, _ work: () throws -> Void
        ) throws -> (String) -> Double {
            let before = try Scrape(of: daemon)
            try work()
            let after = try Scrape(of: daemon)
            return { after[$0] - before[$0] }
        }

        private func requests(_ method: String, _ route: String, _ status: Int) -> String {
            #"lunauth_http_requests_total{method="\#(method)",route="\#(route)",status="\#(status)"}"#
        }

        private func errors(_ code: String) -> String { #"lunauth_errors_total{code="\#(code)"}"# }

        @Test(.choosesDatabase) func `a login changes the expected metrics`() throws {
            let daemon = try Daemon()
            let person = try daemon.client.signUp()
            let change = try change(in: daemon) {
                #expect(try daemon.client.logIn(person).status == 200)
                for _ in 1...2 {
                    try daemon.client.logIn(person, password: "wrong password")
                        .expect(401, "invalid_credentials")
                }
            }
            let login = #"{method="POST",route="/auth/login""#
            #expect(change(requests("POST", "/auth/login", 200)) == 1)
            #expect(change(requests("POST", "/auth/login", 401)) == 2)
            #expect(change("lunauth_http_request_duration_seconds_count\(login)}") == 3)
            #expect(change("lunauth_http_request_duration_seconds_sum\(login)}") > 0)
            #expect(
                change("lunauth_http_request_duration_seconds_bucket\(login),le=\"+Inf\"}") == 3)
            #expect(change(errors("invalid_credentials")) == 2)
            #expect(change("lunauth_hashing_duration_seconds_count") == 3)
            #expect(change("lunauth_hashing_duration_seconds_sum") > 0)
            #expect(change("lunauth_hashing_wait_seconds_count") == 3)
            #expect(change("lunauth_database_writes_total") == 1)
            #expect(change("lunauth_database_commits_total") == 1)
            #expect(change("lunauth_database_commit_writes_bucket{le=\"1\"}") == 1)
            #expect(change("lunauth_database_commit_duration_seconds_count") == 1)
            #expect(change("lunauth_database_commit_duration_seconds_sum") > 0)
            #expect(change("lunauth_database_write_wait_seconds_count") == 1)
            #expect(change("lunauth_sessions") == 1)
            // Three for the logins, and one for the scrape.
            #expect(change("lunauth_connections_accepted_total") == 4)
        }

        @Test(.choosesDatabase) func `the numbers of accounts and sessions are current`() throws {
            let (daemon, owner) = try Daemon.setUp()
            let person = try daemon.client.signUp()
            _ = try daemon.client.register()
            let scrape = try Scrape(of: daemon)
            #expect(scrape[#"lunauth_accounts{status="active"}"#] == 2)
            #expect(scrape[#"lunauth_accounts{status="pending"}"#] == 1)
            #expect(scrape.samples[#"lunauth_accounts{status="disabled"}"#] == 0)
            #expect(scrape["lunauth_sessions"] == 3)
            #expect(try daemon.home.run("user", "disable", person.email).ending == .exited(0))
            #expect(
                try daemon.client.send(.post("/auth/logout").bearer(owner.token)).status == 200)
            let later = try Scrape(of: daemon)
            #expect(later[#"lunauth_accounts{status="disabled"}"#] == 1)
            #expect(later["lunauth_sessions"] == 1)
        }

        @Test func `refused requests are counted`() throws {
            let daemon = try Daemon(settings: ["LUNAUTH_LIMITS_ENABLED": "true"])
            let change = try change(in: daemon) {
                try daemon.client.send(.get("/auth/nothing")).expect(404, "not_found")
                try daemon.client.send(.get("/auth/me")).expect(401, "unauthenticated")
                let connection = try daemon.client.connection()
                try connection.send(text: "nonsense\r\n\r\n")
                #expect(try connection.readResponse().status == 400)
                for _ in 1...32 {
                    _ = try daemon.client.send(.post("/auth/login", [:]).from("192.0.2.1"))
                }
            }
            #expect(change(requests("GET", "other", 404)) == 1)
            #expect(change(errors("not_found")) == 1)
            #expect(change(errors("unauthenticated")) == 1)
            #expect(change(errors("malformed_request")) == 1)
            #expect(change(#"lunauth_throttle_refusals_total{limit="login"}"#) == 2)
            #expect(change(errors("too_many_requests")) == 2)
        }

        @Test(.choosesDatabase) func `a failed commit is counted`() throws {
            let daemon = try Daemon()
            let lock = try DatabaseLock(in: daemon.home)
            let change = try change(in: daemon) {
                try daemon.client.send(.signUp(Fresh.email())).expect(503, "unavailable")
            }
            #expect(change("lunauth_database_commit_failures_total") >= 1)
            #expect(change("lunauth_database_commits_total") == 0)
            try lock.release()
        }

        @Test func `process and version are exported`() throws {
            let daemon = try Daemon()
            let scrape = try Scrape(of: daemon)
            let version = try Home().run("--version").output.filter { $0 != "\n" }
            #expect(scrape[#"lunauth_build_info{version="\#(version)"}"#] == 1)
            #expect(scrape["process_resident_memory_bytes"] > 1_000_000)
            #expect(
                scrape["process_virtual_memory_bytes"] > scrape["process_resident_memory_bytes"])
            #expect(scrape["process_cpu_seconds_total"] > 0)
            #expect(scrape["process_max_fds"] >= scrape["process_open_fds"])
            let connections = try (1...5).map { _ in try daemon.client.connection() }
            for connection in connections {
                #expect(try connection.exchange(.get("/health")).status == 200)
            }
            let later = try Scrape(of: daemon)
            #expect(later["process_open_fds"] >= scrape["process_open_fds"] + 5)
            #expect(later["lunauth_connections"] >= scrape["lunauth_connections"] + 5)
            #expect(later["process_start_time_seconds"] == scrape["process_start_time_seconds"])
            let now = Double(time(nil)) + 1
            #expect(scrape["process_start_time_seconds"] > 1_700_000_000)
            #expect(scrape["process_start_time_seconds"] < now)
        }

        @Test func `metrics under load are consistent and never decrease`() throws {
            let daemon = try Daemon()
            let person = try daemon.client.signUp()
            // Another account: of the same one the oldest session would end.
            let other = try daemon.client.signUp()
            let login = try Call.logIn(other.email, other.password)
            let connection = try daemon.client.connection()
            var last = try Scrape(of: daemon)
            for _ in 1...20 {
                let connections = try (1...8).map { _ in try daemon.client.connection() }
                for connection in connections { try connection.send(login) }
                for _ in 1...50 { try connection.send(.get("/auth/me").cookie(person.cookie)) }
                let scrape = try Scrape(of: daemon)
                #expect(scrape.isConsistent)
                let shrunk = last.samples.filter { name, value in
                    let isCounter = ["_total", "_count", "_bucket"].contains { name.contains($0) }
                    return isCounter && scrape[name] < value
                }
                #expect(shrunk.isEmpty)
                last = scrape
                for connection in connections {
                    #expect(try connection.readResponse().status == 200)
                }
                for _ in 1...50 { #expect(try connection.readResponse().status == 200) }
            }
            let end = try Scrape(of: daemon)
            #expect(end[requests("GET", "/auth/me", 200)] == 1_000)
            #expect(end[requests("POST", "/auth/login", 200)] == 160)
            #expect(end["lunauth_hashing_duration_seconds_count"] == 162)
            #expect(end["lunauth_hashing_waiting"] == 0 && end["lunauth_hashing_running"] == 0)
        }

        @Test func `the official parser accepts the metrics and promtool has no objections`() throws
        {
            let daemon = try Shared.present.daemon
            _ = try daemon.client.signUp()
            _ = try daemon.client.send(.get("/auth/\u{22}nothing\u{5C}"))
            let answer = try daemon.watcher.send(.get("/metrics"))
            let found = try Python.run(
                Self.lint, given: ["text": .string(String(decoding: answer.body, as: UTF8.self))])
            #expect(found["problems"] == [])
            #expect(found["families"].map { ($0.number ?? 0) > 25 } == true)
        }

        /// The objections of `promtool check metrics` and of the parser.
        private static let lint = """
            import re
            from prometheus_client.parser import text_string_to_metric_families
            text, problems, seen = given["text"], [], set()
            families = list(text_string_to_metric_families(text))
            for family in families:
                counter = family.type == "counter"
                name = family.name + ("_total" if counter else "")
                def wrong(what):
                    problems.append(name + ": " + what)
                if f"# HELP {name} " not in text or not family.documentation.endswith("."):
                    wrong("no HELP")
                if family.type not in ("counter", "gauge", "histogram"):
                    wrong("type " + family.type)
                if not re.fullmatch("(lunauth|process)_[a-z]+(_[a-z]+)*", name):
                    wrong("name")
                if name in seen or not family.samples:
                    wrong("twice, or without samples")
                seen.add(name)
                if not counter and name.endswith(("_total", "_count", "_sum", "_bucket")):
                    wrong("suffix of another type")
                if re.search("counter|gauge|histogram|summary", name):
                    wrong("its type stands in its name")
                if re.search("_(ms|us|ns|milliseconds|microseconds|nanoseconds|minutes|hours|kb|mb|"
                             "kilobytes|megabytes|percent)(_|$)", name):
                    wrong("no base unit")
                labels = [tuple(sorted(s.labels.items())) + (s.name,) for s in family.samples]
                if len(set(labels)) != len(labels):
                    wrong("a series stands there twice")
                for sample in family.samples:
                    if sample.value < 0 or sample.value != sample.value:
                        wrong("value")
                    if family.type != "histogram" and "le" in sample.labels:
                        wrong("le")
                if family.type == "histogram":
                    parts = {}
                    for s in family.samples:
                        key = tuple((n, v) for n, v in sorted(s.labels.items()) if n != "le")
                        parts.setdefault(key, []).append(s)
                    for samples in parts.values():
                        buckets = [s.value for s in samples if s.name == name + "_bucket"]
                        count = [s.value for s in samples if s.name == name + "_count"]
                        if buckets != sorted(buckets) or buckets[-1:] != count:
                            wrong("buckets")
                        if samples[len(buckets) - 1].labels["le"] != "+Inf":
                            wrong("no +Inf")
                        if len([s for s in samples if s.name == name + "_sum"]) != 1:
                            wrong("no sum")
            units = {re.sub("_(seconds|bytes|total)$", "", name) for name in seen}
            if len(units) != len(seen):
                problems.append("one name with and without a unit")
            print(json.dumps({"problems": problems, "families": len(families)}))
            """
    }
}
