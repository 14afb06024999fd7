import Auth

/// The style sheet of every page.
enum StyleSheet {
    /// The style sheet with the colour of the site.
    static func text(accent: SiteAccent) -> String {
        rules + "\n\n:root { --accent: \(accent.hex); }\n"
    }

    /// The rules, which derive every colour of buttons, links and focus from the accent.
    private static let rules = #"""
        /* lunauth pages: one file, no dependencies. Order: tokens, base, frames, forms, components, tables, states, print.
           An operator's colour: set --accent. Buttons, links and focus are derived from it with enough contrast in both schemes. */

        :root {
          color-scheme: light dark;
          --accent: #30528c;

          --bg: #f3f4f8;
          --surface: #fff;
          --sunken: #f1f3f7;
          --line: #dde1e9;
          --line-strong: #808a9d;          /* 3:1 beside --surface: edges of inputs */
          --text: #161b27;
          --muted: #566074;
          --accent-solid: #30528c;
          --on-accent: #fff;
          --accent-text: #2a4a80;
          --success: #0c6b3e;
          --warning: #875000;
          --danger: #b0251d;
          --on-danger: #fff;
          --soft-l: .967; --soft-c: .017;  /* tint behind notices and badges */
          --moon: #ffe7ad;                 /* lit part of the mark */
          --disc: var(--accent-solid);     /* dark part of the mark */
          --moonrise: #efe4c4;             /* crescent behind the card */
          --shadow: 0 1px 2px rgb(22 27 39 / 5%);
          --shadow-card: 0 1px 2px rgb(22 27 39 / 6%), 0 14px 44px -14px rgb(22 27 39 / 20%);

          --s1: .25rem; --s2: .5rem; --s3: .75rem; --s4: 1rem; --s5: 1.5rem; --s6: 2rem; --s7: 3rem; --s8: 4.5rem;
          --r1: .375rem; --r2: .625rem; --r3: 1rem;
          --t1: .8125rem; --t2: .9375rem; --t3: 1.125rem; --t4: 1.5rem; --t5: 1.75rem;
          --sans: system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", sans-serif;
          --mono: ui-monospace, "SF Mono", "Cascadia Mono", Menlo, Consolas, "Liberation Mono", monospace;
        }

        @media (prefers-color-scheme: dark) {
          :root {
            --bg: #0d121c;
            --surface: #151b28;
            --sunken: #1c2433;
            --line: #283143;
            --line-strong: #707c93;
            --text: #e8ebf2;
            --muted: #a0abbe;
            --accent-solid: #a8c3f4;
            --on-accent: #0d1526;
            --accent-text: #a8c3f4;
            --success: #71d09c;
            --warning: #ebb755;
            --danger: #ff9188;
            --on-danger: #2b0805;
            --soft-l: .275; --soft-c: .036;
            --disc: #2c4370;
            --moonrise: #d3ccb5;
            --shadow: none;
            --shadow-card: 0 20px 60px -20px rgb(0 0 0 / 60%);
          }
        }

        @supports (color: oklch(from red l c h)) {
          :root {
            --accent-solid: oklch(from var(--accent) min(l, .5) c h);
            --accent-text: oklch(from var(--accent) min(l, .46) c h);
          }
          @media (prefers-color-scheme: dark) {
            :root {
              --accent-solid: oklch(from var(--accent) max(l, .8) min(c, .075) h);
              --accent-text: oklch(from var(--accent) max(l, .8) min(c, .075) h);
              --disc: oklch(from var(--accent) .39 min(c, .1) h);
            }
          }
        }

        /* Base */
        *, ::before, ::after { box-sizing: border-box; }
        html { -webkit-text-size-adjust: 100%; text-size-adjust: 100%; }
        body { margin: 0; background: var(--bg); color: var(--text); font: var(--t2)/1.55 var(--sans); overflow-wrap: break-word; }
        h1, h2, h3, p, dl, dd, ol, ul, figure, fieldset { margin: 0; padding: 0; border: 0; min-width: 0; }
        h1 { font-size: var(--t4); line-height: 1.2; font-weight: 650; letter-spacing: -.018em; text-wrap: balance; }
        h2 { font-size: var(--t3); line-height: 1.3; font-weight: 630; letter-spacing: -.01em; }
        h3 { font-size: var(--t2); line-height: 1.4; font-weight: 630; }
        p { text-wrap: pretty; } ul, ol { list-style: none; }
        a { color: var(--accent-text); text-underline-offset: .2em; text-decoration-thickness: 1px; }
        a:hover { text-decoration-thickness: 2px; }
        code, .mono { font-family: var(--mono); font-size: .93em; overflow-wrap: anywhere; }
        b, strong { font-weight: 630; } hr { border: 0; border-top: 1px solid var(--line); margin: 0; }
        :focus-visible { outline: 2px solid var(--accent-text); outline-offset: 2px; border-radius: var(--r1); }
        main:focus { outline: 0; }
        :target { scroll-margin-top: var(--s5); }
        [hidden] { display: none !important; }
        .icon { width: 1.25rem; height: 1.25rem; flex: none; fill: none; stroke: currentColor; stroke-width: 1.6;
          stroke-linecap: round; stroke-linejoin: round; }
        .muted { color: var(--muted); } .small { font-size: var(--t1); }
        .stack, .card, .panel, .field, .shell, .shell > main { display: grid; grid-template-columns: minmax(0, 1fr); }
        .stack { gap: var(--s4); } .stack.wide { gap: var(--s5); }
        .stack > [role=status]:empty { position: absolute; } /* no row, and still announced */
        .unseen:not(:focus) { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
        .skip { position: absolute; inset: var(--s2) auto auto var(--s2); z-index: 1; padding: var(--s2) var(--s4);
          background: var(--surface); border-radius: var(--r2); }

        /* Brand */
        .brand { display: inline-flex; align-items: center; gap: var(--s3); min-height: 2rem; color: inherit; font-weight: 630;
          letter-spacing: -.01em; text-decoration: none; }
        .mark { width: 1.75rem; height: 1.75rem; flex: none; }
        .mark-disc { fill: var(--disc); } .mark-lit { fill: var(--moon); }
        .brand img { height: 1.75rem; width: auto; max-width: 10rem; }

        /* Frame of one card: sign in, setup, messages */
        .solo { display: grid; grid-template-rows: 1fr auto; min-height: 100dvh; }
        .solo main { display: grid; place-items: center; padding: clamp(var(--s7), 7vh, var(--s8)) var(--s4) var(--s5); overflow-x: clip; isolation: isolate; }
        .auth { position: relative; width: min(100%, 26rem); }
        .auth.wide { width: min(100%, 40rem); }
        .auth::before { content: ""; position: absolute; z-index: -1; inset: -3.75rem -4rem auto auto; width: 13rem; height: 13rem;
          border-radius: 50%; box-shadow: inset -1.5rem 1.5rem 0 0 var(--moonrise); }
        .card { gap: var(--s5); padding: var(--s6); background: var(--surface); border: 1px solid var(--line);
          border-radius: var(--r3); box-shadow: var(--shadow-card); }
        .card-head { display: grid; gap: var(--s2); }
        .card-head .brand { margin-block-end: var(--s4); }
        .card-foot { border-top: 1px solid var(--line); padding-block-start: var(--s4); }
        .links { display: flex; flex-wrap: wrap; gap: var(--s1) var(--s5); }
        .links.apart { justify-content: space-between; }
        .links a { display: inline-block; padding-block: .125rem; }
        .footer { display: flex; flex-wrap: wrap; align-items: baseline; justify-content: center; gap: var(--s1) var(--s5); padding: var(--s5) var(--s4);
          color: var(--muted); font-size: var(--t1); }
        .footer a { color: inherit; padding-block: .15rem; }

        /* Frame of account and administration */
        .topbar { display: flex; flex-wrap: wrap; align-items: center; gap: var(--s2) var(--s5); padding: var(--s2) max(var(--s5), (100% - 76rem) / 2 + var(--s5));
          background: var(--surface); border-bottom: 1px solid var(--line); }
        .topnav { display: flex; gap: var(--s1); }
        .topnav a { padding: var(--s2) var(--s3); border-radius: var(--r2); color: var(--muted); text-decoration: none; font-weight: 550; }
        .topnav a:hover, .sidenav a:hover { background: var(--sunken); color: var(--text); }
        .topnav a[aria-current] { color: var(--text); text-decoration: underline 2px var(--accent-text); text-underline-offset: .45em; }
        .who { display: flex; align-items: center; gap: var(--s2); margin-inline-start: auto; color: var(--muted); font-size: var(--t1); }
        .shell { gap: var(--s5) var(--s7); max-width: 76rem; margin-inline: auto; padding: var(--s6) var(--s5); }
        .shell > main { gap: var(--s5); align-content: start; }
        .sidenav ul { display: flex; flex-wrap: wrap; gap: var(--s1); margin-inline-start: calc(-1 * var(--s3)); }
        .sidenav a { display: flex; align-items: center; justify-content: space-between; gap: var(--s2); min-height: 2.25rem;
          padding: var(--s1) var(--s3); border-radius: var(--r2); color: var(--muted); text-decoration: none; font-weight: 530; }
        .sidenav a[aria-current] { background: color-mix(in srgb, var(--accent-text) 11%, transparent); color: var(--text); }
        .count { font-size: var(--t1); font-variant-numeric: tabular-nums; }
        .page-head { display: flex; flex-wrap: wrap; align-items: end; justify-content: space-between; gap: var(--s3) var(--s5); }
        .page-head h1 { font-size: var(--t5); }
        .page-head > :first-child { display: grid; gap: var(--s1); flex: 1 1 18rem; }
        .crumb { font-size: var(--t1); } .crumb a { padding-block: .2rem; display: inline-block; }
        @media (min-width: 60rem) {
          .shell:has(.sidenav) { grid-template-columns: 12rem minmax(0, 1fr); }
          .sidenav ul { display: grid; position: sticky; top: var(--s6); }
        }

        /* Forms */
        .field { gap: .375rem; }
        .field > label, .field > .label, legend { font-weight: 580; padding: 0; }
        .optional { color: var(--muted); font-weight: 400; } .hint { color: var(--muted); font-size: var(--t1); line-height: 1.5; }
        .input.code { font: 600 1.625rem/1.2 var(--mono); letter-spacing: .32em; text-align: center; padding-inline: .32em 0; min-height: 3.75rem; }
        .field-error { display: flex; gap: var(--s1); color: var(--danger); font-size: var(--t1); font-weight: 530; line-height: 1.5; }
        .field-error .icon { width: 1rem; height: 1rem; margin-block-start: .1rem; }
        .input { width: 100%; min-height: 2.75rem; padding: var(--s2) var(--s3); color: inherit; font: inherit; font-size: 1rem;
          background: var(--surface); border: 1px solid var(--line-strong); border-radius: var(--r2); }
        select.input { appearance: none; padding-inline-end: 2.5rem; background-repeat: no-repeat; background-size: .3rem .3rem;
          background-position: calc(100% - 1.1rem) 52%, calc(100% - .8rem) 52%;
          background-image: linear-gradient(45deg, transparent 50%, var(--muted) 51%), linear-gradient(-45deg, transparent 50%, var(--muted) 51%); }
        select.input:dir(rtl) { background-position: .8rem 52%, 1.1rem 52%; }
        .input:focus-visible, .input:where([type="date"]):focus-within { outline-offset: 0; border-color: var(--accent-text); border-radius: var(--r2); }
        /* The calendar button inside a date has the focus alone: the field shows where that is nevertheless. */
        .input:where([type="date"]):focus-within { outline: 2px solid var(--accent-text); }
        .input:user-invalid, .input[aria-invalid="true"] { border-color: var(--danger); box-shadow: inset 0 0 0 1px var(--danger); }
        .input[readonly], .input:disabled { background: var(--sunken); border-style: dashed; }
        .joined { position: relative; }
        .joined .input { padding-inline-end: 4.75rem; }
        .joined .button { position: absolute; inset: 2px 2px 2px auto; min-height: 0; padding: 0 var(--s3); color: var(--accent-text); }
        .joined:dir(rtl) .button { inset: 2px auto 2px 2px; }
        .pair { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 12rem), 1fr)); gap: var(--s4); align-items: start; }
        .choice { display: grid; grid-template-columns: auto 1fr; gap: 0 var(--s3); align-items: start; padding-block: var(--s1); }
        .choice input { width: 1.25rem; height: 1.25rem; margin: .125rem 0 0; accent-color: var(--accent-solid); }
        .choice > :not(input) { grid-column: 2; }
        .choice label { font-weight: 530; min-height: 1.5rem; } .choice .hint { max-width: 75ch; }
        .locked { display: flex; gap: var(--s1); margin-block-start: var(--s1); }
        .locked .icon { width: 1rem; height: 1rem; margin-block-start: .125rem; }
        .choices { display: grid; gap: var(--s1); }
        .choices > legend { margin-block-end: var(--s2); }
        .choices.ruled { gap: var(--s3); }
        .choices.ruled > .choice + .choice { border-top: 1px solid var(--line); padding-block-start: var(--s4); }
        .depends { display: grid; gap: var(--s4); padding-inline-start: 2rem; }
        @supports selector(:has(:checked)) { .choice:not(:has(:checked)) + .depends { display: none; } }

        .button { display: inline-flex; align-items: center; justify-content: center; gap: var(--s2); min-height: 2.5rem;
          padding: var(--s1) var(--s4); font: inherit; font-weight: 580; line-height: 1.3; text-align: center; text-decoration: none; cursor: pointer;
          color: var(--text); background: var(--surface); border: 1px solid var(--line-strong); border-radius: var(--r2); }
        .button:hover { background: var(--sunken); }
        .button:focus-visible { border-radius: var(--r2); }
        .button.primary { color: var(--on-accent); background: var(--accent-solid); border-color: transparent; }
        .button.primary:hover { background: color-mix(in oklab, var(--accent-solid) 88%, var(--text)); }
        .button.danger { color: var(--danger); border-color: var(--danger); }
        .button.danger:hover { color: var(--on-danger); background: var(--danger); }
        .button.quiet { background: transparent; border-color: transparent; padding-inline: var(--s3); }
        .button.quiet:hover { background: color-mix(in srgb, var(--text) 7%, transparent); }
        .button.quiet.danger:hover { color: var(--danger); background: color-mix(in srgb, var(--danger) 10%, transparent); }
        .button.block { width: 100%; min-height: 2.75rem; }
        .button:disabled { cursor: not-allowed; color: var(--muted); background: var(--sunken); border-color: var(--line); }
        .actions { display: flex; flex-wrap: wrap; align-items: center; gap: var(--s2); }

        /* Notices and badges: never colour alone */
        .notice, .badge { --soft: color-mix(in oklab, var(--tone) 10%, var(--surface)); }
        @supports (color: oklch(from red l c h)) {
          .notice, .badge { --soft: oklch(from var(--tone) var(--soft-l) min(c, var(--soft-c)) h); }
        }
        .notice { --tone: var(--accent-text); display: grid; grid-template-columns: auto minmax(0, 1fr); gap: var(--s1) var(--s3); align-items: start;
          padding: var(--s3) var(--s4); border: 1px solid color-mix(in oklab, var(--tone) 32%, var(--surface)); border-radius: var(--r2);
          background: var(--soft); }
        .notice > .icon { color: var(--tone); margin-block-start: .1rem; }
        .notice > :not(.icon) { grid-column: 2; }
        .notice .actions { margin-block: var(--s2) var(--s1); }
        .notice h2, .notice h3 { font-size: var(--t2); }
        .notice:focus { outline: 2px solid var(--tone); outline-offset: -1px; border-radius: var(--r2); }
        .notice.success { --tone: var(--success); } .notice.warning { --tone: var(--warning); } .notice.error { --tone: var(--danger); }
        .badge { --tone: var(--muted); display: inline-flex; align-items: center; gap: .375rem; padding: .0625rem var(--s2); border-radius: 99px;
          color: var(--tone); background: var(--soft); font-size: var(--t1); font-weight: 550; white-space: nowrap; }
        .badge:not(.plain)::before, .phase::before { content: ""; width: .625rem; height: .625rem; flex: none; border: 1.5px solid; border-radius: 50%; }
        .badge:not(.active, .pending, .blocked) { background: var(--sunken); }
        .badge.active { --tone: var(--success); } .badge.pending { --tone: var(--warning); } .badge.blocked { --tone: var(--danger); }
        .badge.active::before { background: currentColor; }
        .badge.pending::before, .phase.half::before { background: linear-gradient(90deg, transparent 50%, currentColor 50%); }
        .badge.expired::before, .phase.crescent::before { background: radial-gradient(circle at 18% 60%, transparent 54%, currentColor 57%); }
        .badge.plain { color: var(--text); }
        .phase { display: flex; align-items: center; gap: var(--s3); }
        .phase::before { width: 1rem; height: 1rem; color: var(--accent-text); }

        /* Panels, lists, facts, figures */
        .panel { gap: var(--s4); padding: var(--s5); background: var(--surface); border: 1px solid var(--line);
          border-radius: var(--r3); box-shadow: var(--shadow); }
        .panel-head { display: flex; flex-wrap: wrap; align-items: start; justify-content: space-between; gap: var(--s2) var(--s4); }
        .panel-head > :first-child { flex: 1 1 16rem; display: grid; gap: .125rem; }
        .panel.flush { padding-inline: 0; padding-block-end: 0; gap: var(--s3); overflow: clip; }
        .panel.flush > :not(.table, .rows) { padding-inline: var(--s5); }
        .panel.flush > .rows { padding-inline: var(--s5); border-top: 1px solid var(--line); }
        .panel.flush > .pagination { padding-block: 0 var(--s3); min-height: 2.5rem; }
        .panel.flush:has(> .table:first-child) { padding-block-start: 0; }
        .panel.flush > .table:first-child thead th { border-top: 0; }
        .panel.perilous { border-color: color-mix(in oklab, var(--danger) 40%, var(--surface)); }
        .columns { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 22rem), 1fr)); gap: var(--s5); align-items: start; }
        .rows > li { display: flex; flex-wrap: wrap; align-items: center; gap: var(--s2) var(--s3); padding-block: var(--s3); }
        .rows > li + li, .log > li + li { border-top: 1px solid var(--line); }
        .panel:not(.flush) > :is(.rows, .log):last-child { margin-block-end: calc(-1 * var(--s2)); }
        .panel-head + :is(.rows, .log) { margin-block-start: calc(-1 * var(--s2)); }
        .rows > li > .icon { color: var(--muted); align-self: start; margin-block-start: .125rem; }
        .rows > li:has(.fold[open]), .rows > li > .actions:has(> .fold[open]) { align-items: start; }
        .rows .what { flex: 1 1 9rem; display: grid; min-width: 0; }
        .what-name { overflow-wrap: anywhere; display: flex; flex-wrap: wrap; align-items: center; gap: var(--s1) var(--s2); font-weight: 580; }
        .log > li { display: grid; grid-template-columns: 11rem minmax(0, 1fr) auto; align-items: start; gap: 0 var(--s4); padding-block: var(--s2); }
        .log time { color: var(--muted); font-size: var(--t1); line-height: 1.8; }
        .log .what { display: grid; min-width: 0; overflow-wrap: anywhere; }
        .facts { display: grid; grid-template-columns: minmax(7rem, max-content) minmax(0, 1fr); gap: var(--s2) var(--s5); }
        .facts dt { color: var(--muted); }
        .stats { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 9.5rem), 1fr)); gap: var(--s4); }
        .stat { display: grid; align-content: start; gap: .125rem; padding: var(--s4); background: var(--surface);
          border: 1px solid var(--line); border-radius: var(--r3); }
        .stat dt { color: var(--muted); font-size: var(--t1); }
        .stat dd { font-size: 1.625rem; line-height: 1.2; font-weight: 630; letter-spacing: -.02em; font-variant-numeric: tabular-nums; }
        .stat dd small { display: block; font-size: var(--t1); font-weight: 400; letter-spacing: 0; color: var(--muted); line-height: 1.5; }
        .secret { display: flex; flex-wrap: wrap; align-items: center; gap: var(--s2) var(--s3); padding: var(--s2) var(--s2) var(--s2) var(--s4);
          background: var(--sunken); border: 1px solid var(--line); border-radius: var(--r2); }
        .secret code { flex: 1 1 14rem; padding-block: var(--s1); font-size: var(--t2); user-select: all; }
        .codes { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(13.5rem, 100%), 1fr)); gap: var(--s2) var(--s4); padding: var(--s4);
          background: var(--sunken); border: 1px solid var(--line); border-radius: var(--r2); font: 600 1.0625rem/1.6 var(--mono); }
        .qr { width: 13rem; max-width: 100%; margin-inline: auto; padding: var(--s2); background: #fff; border: 1px solid var(--line); border-radius: var(--r2); }
        .qr svg { display: block; width: 100%; height: auto; }
        .codeblock { margin: 0; padding: var(--s3) var(--s4); background: var(--sunken); border: 1px solid var(--line); border-radius: var(--r2);
          font: var(--t1)/1.6 var(--mono); white-space: pre-wrap; }
        .empty { display: grid; justify-items: center; gap: var(--s2); padding: var(--s6) var(--s4); color: var(--muted); text-align: center; }
        .empty .mark { width: 2.5rem; height: 2.5rem; }
        .fold > summary { display: flex; align-items: center; gap: var(--s2); min-height: 2.5rem; font-weight: 580; cursor: pointer; list-style: none; }
        .fold > summary::-webkit-details-marker { display: none; }
        .fold > summary::before { content: ""; width: .5rem; height: .5rem; margin: 0 .25rem; border: solid; border-width: 0 2px 2px 0; rotate: -45deg; }
        .fold[open] > summary::before { rotate: 45deg; }
        .fold > :not(summary) { margin-block-start: var(--s3); }

        /* Lists of many: search, filters, table, pages */
        .toolbar { display: flex; flex-wrap: wrap; gap: var(--s3); align-items: end; }
        .toolbar .field { flex: 1 1 16rem; }
        .toolbar:has(.field + .field) .field { flex: 4 1 12rem; }
        .toolbar:has(.field + .field) .field:has([type="date"]) { flex: 1 1 10rem; }
        .toolbar .button { min-height: 2.75rem; }
        .filters ul { display: flex; flex-wrap: wrap; gap: var(--s1) var(--s2); }
        .filters a { display: inline-flex; gap: var(--s2); align-items: center; min-height: 2rem; padding: 0 var(--s3); border: 1px solid var(--line);
          border-radius: 99px; color: var(--muted); background: var(--surface); text-decoration: none; font-size: var(--t1); font-weight: 530; }
        .filters a:hover { border-color: var(--line-strong); color: var(--text); }
        .filters a[aria-current] { color: var(--text); border-color: var(--accent-text); box-shadow: inset 0 0 0 1px var(--accent-text); }
        .table { width: 100%; border-collapse: collapse; }
        .table th, .table td { padding: var(--s3); text-align: start; font-weight: 400; border-top: 1px solid var(--line); }
        .table :is(th, td):first-child { padding-inline-start: var(--s5); }
        .table :is(th, td):last-child { padding-inline-end: var(--s5); }
        .table thead th { padding-block: var(--s2); color: var(--muted); font-size: var(--t1); font-weight: 530; white-space: nowrap; }
        .table thead a { color: inherit; display: inline-block; padding-block: .15rem; }
        .table tbody tr:hover { background: color-mix(in srgb, var(--sunken) 60%, transparent); }
        .table .wide { min-width: min(16rem, 20vw); }
        .table .wide ~ td { min-width: min(6.5rem, 10vw); overflow-wrap: anywhere; }
        .table .wide ~ td:last-child { min-width: min(11.5rem, 16vw); }
        .table .number { text-align: end; font-variant-numeric: tabular-nums; }
        .table td:has(> .actions) { padding-block: var(--s1); }
        .table td > .actions { justify-content: flex-end; flex-wrap: nowrap; }
        .nowrap { white-space: nowrap; }
        .person { display: grid; justify-items: start; line-height: 1.4; overflow-wrap: anywhere; min-width: 10rem; }
        .person > :first-child { font-weight: 580; }
        .person a { display: inline-block; min-height: 1.5rem; color: inherit; text-decoration-color: transparent; }
        .person a:hover { text-decoration-color: currentColor; }
        .person > :last-child { color: var(--muted); font-size: var(--t1); }
        .pagination { display: flex; flex-wrap: wrap; align-items: center; justify-content: space-between; gap: var(--s2) var(--s4); color: var(--muted);
          font-size: var(--t1); font-variant-numeric: tabular-nums; }

        /* Narrow windows and high zoom */
        @media (max-width: 40rem) {
          .solo main { padding-block-start: var(--s7); place-items: start center; }
          .auth::before { inset: -2.25rem -1.5rem auto auto; width: 9rem; height: 9rem; box-shadow: inset -1rem 1rem 0 0 var(--moonrise); }
          .card { padding: var(--s5); }
          .topbar { padding-inline: var(--s4); gap: 0 var(--s4); }
          .topnav { order: 1; flex-basis: 100%; margin-inline-start: calc(-1 * var(--s3)); }
          .who > span { display: none; }
          .shell { padding: var(--s5) var(--s4); }
          .panel { padding: var(--s4); }
          .panel.flush > :not(.table), .panel.flush > .rows { padding-inline: var(--s4); }
          .rows > li > .actions { flex-basis: 100%; padding-inline-start: 2rem; }
          .rows > li > .actions:has(> form:first-child > .quiet) { padding-inline-start: calc(2rem - var(--s3)); }
          .rows .fold[open] { flex-basis: 100%; }
          .rows .fold[open] + form > .quiet { margin-inline-start: calc(-1 * var(--s3)); }
          .facts, .log > li { grid-template-columns: minmax(0, 1fr); gap: 0; }
          .log > li > form { margin-block: var(--s1); }
          .facts dd { margin-block-end: var(--s2); }
          .table, .table tbody { display: block; }
          .table thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
          /* The list sorts by its filters then: a link that is not seen must not have the focus. */
          .table thead a { visibility: hidden; }
          .table tbody tr { display: flex; flex-wrap: wrap; gap: var(--s1) var(--s4); padding: var(--s3) var(--s4); border-top: 1px solid var(--line); }
          .table tbody :is(th, td), .table tbody :is(th, td):is(:first-child, :last-child) { padding: 0; border: 0; text-align: start; }
          .table tbody th { flex: 1 1 45%; }
          .table tbody .wide { flex-basis: 100%; }
          .person, .table .wide, .table .wide ~ td, .table .wide ~ td:last-child { min-width: 0; }
          .table tbody td[data-label]:not(:has(> .badge))::before { content: attr(data-label) " "; color: var(--muted); font-size: var(--t1); }
          .table tbody td:empty { display: none; }
          .table tbody td:has(> .actions) { flex-basis: 100%; }
          .table td > .actions { flex-wrap: wrap; justify-content: flex-start; padding-block-start: var(--s1); }
          .table td > .actions:has(> form:first-child > .quiet) { margin-inline-start: calc(-1 * var(--s3)); }
        }
        @media (max-width: 22rem) {
          .card { padding: var(--s4); }
        }

        @media (scripting: none) { .needs-script { display: none; } }
        @media (prefers-reduced-motion: no-preference) {
          @view-transition { navigation: auto; }
          ::view-transition-group(root) { animation-duration: .12s; }
          .button, .sidenav a, .topnav a, .filters a { transition: background-color .12s, border-color .12s, color .12s; }
        }
        @media (prefers-contrast: more) { :root { --line: var(--line-strong); --muted: var(--text); } }
        @media (forced-colors: active) {
          .badge, .stat { border: 1px solid; }
          .mark, .badge::before, .phase::before { forced-color-adjust: none; }
          [aria-current] { outline: 2px solid Highlight; outline-offset: -3px; }
        }

        @media print {
          .codes { grid-template-columns: 1fr 1fr; font-size: 13pt; border: 1px solid #000; }
          :root { color-scheme: light; --bg: #fff; --surface: #fff; --sunken: #fff; --text: #000; --muted: #333; --line: #999; }
          .topbar, .sidenav, .footer, .button, form, .notice, .auth::before, .skip { display: none !important; }
          .solo, .solo main { display: block; padding: 0; }
          .auth, .auth.wide { width: auto; }
          .card, .panel { border: 0; box-shadow: none; padding: 0; break-inside: avoid; }
          .shell { display: block; padding: 0; }
        }
        """#
}
