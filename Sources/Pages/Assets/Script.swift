/// The script of every page: conveniences, without which every function works.
enum Script {
    /// The script, at most 6 KB.
    static let text = #"""
        'use strict';
        (() => {
          const clicked = (selector, act) => document.addEventListener('click', event => {
            const target = event.target.closest(selector);
            if (target) act(target);
          });

          // Show or hide a password: data-reveal is what the button says while it is shown.
          clicked('[data-reveal]', button => {
            const input = document.getElementById(button.getAttribute('aria-controls'));
            const label = button.firstChild;
            input.type = input.type === 'password' ? 'text' : 'password';
            [label.data, button.dataset.reveal] = [button.dataset.reveal, label.data];
          });

          // Copy the text of the element that data-copy selects; data-copied is said afterwards.
          clicked('[data-copy]', async button => {
            const source = document.querySelector(button.dataset.copy);
            let copied = true;
            try {
              await navigator.clipboard.writeText(source.textContent);
            } catch {
              // Without TLS there is no clipboard, but the selection can be copied.
              getSelection().selectAllChildren(source);
              copied = document.execCommand('copy');
            }
            const label = button.querySelector('[aria-live]');
            if (!copied || !label || label.textContent === button.dataset.copied) return;
            const before = label.textContent;
            label.textContent = button.dataset.copied;
            setTimeout(() => { label.textContent = before; }, 4000);
          });

          clicked('[data-print]', () => print());

          // Submit once: a second submit of the same form is ignored for a while.
          const sent = new Set();
          document.addEventListener('submit', event => {
            const form = event.target;
            if (sent.has(form)) {
              event.preventDefault();
              return;
            }
            sent.add(form);
            // A download leaves the page as it is, and so does a request that the person stopped.
            setTimeout(() => sent.delete(form), 10000);
            // A password that is shown is one for the browser's password manager, too.
            for (const button of form.querySelectorAll('[data-reveal]')) {
              document.getElementById(button.getAttribute('aria-controls')).type = 'password';
            }
          });
          addEventListener('pageshow', event => { if (event.persisted) sent.clear(); });

          // Times in the zone of the browser, in the language of the page.
          const language = document.documentElement.lang || 'en';
          const region = navigator.languages.find(tag => tag.startsWith(language + '-'));
          const locale = region || (language === 'en' ? 'en-GB' : language);
          const absolute = new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeStyle: 'short' });
          const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });
          const day = date =>
            Date.UTC(date.getFullYear(), date.getMonth(), date.getDate()) / 86400000;
          const today = day(new Date());
          for (const element of document.querySelectorAll('time[datetime*="T"]')) {
            const date = new Date(element.dateTime);
            if (isNaN(date)) continue;
            const parts = absolute.formatToParts(date);
            const text = start => parts.slice(start).map(part => part.value).join('');
            const clock = parts.findIndex(part => part.type === 'hour') - 1;
            const days = day(date) - today;
            element.title = element.textContent;
            // Today, yesterday and tomorrow have no word before them; data-on is the one of dates.
            element.textContent = clock > 0 && Math.abs(days) < 2
              ? relative.format(days, 'day') + text(clock)
              : (element.dataset.on ? element.dataset.on + ' ' : '') + text(0);
          }
        })();

        """#
}
