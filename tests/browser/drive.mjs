// Drives Chromium for the tests written in Rust: one command a line on stdin, one answer a line on stdout, both JSON.
//
// A command is {"do": NAME, ...}; an answer is {"ok": VALUE} or {"error": TEXT}. The packages are in the folder that
// SUIMA_BROWSER_PACKAGES names, the program to start is SUIMA_CHROMIUM.

import { createRequire } from "node:module";
import { join } from "node:path";
import { createInterface } from "node:readline";

const packages = createRequire(join(process.env.SUIMA_BROWSER_PACKAGES, "package.json"));
const { chromium } = packages("playwright-core");
const axe = packages("axe-core").source;

const browser = await chromium.launch({
  executablePath: process.env.SUIMA_CHROMIUM,
  // Tests run as root in containers, where Chromium's own sandbox cannot be set up.
  args: ["--no-sandbox", "--disable-dev-shm-usage", "--force-color-profile=srgb"],
});
const pages = new Map();

// Counts how far what is on the screen moves by itself, and what the policy of the page forbade.
const watch = () => {
  globalThis.shifted = 0;
  globalThis.forbidden = [];
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) if (!entry.hadRecentInput) globalThis.shifted += entry.value;
  }).observe({ type: "layout-shift", buffered: true });
  addEventListener("securitypolicyviolation", (event) => globalThis.forbidden.push(event.violatedDirective));
};

// What is wrong with the page as it stands: for eyes, for fingers, for screen readers.
const inspect = async (page) => {
  await page.evaluate(axe);
  const wrong = await page.evaluate(async () => {
    const options = {
      runOnly: ["wcag2a", "wcag2aa", "wcag2aaa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
      // What axe leaves out unless it is named: contrast of 7:1 among them.
      rules: Object.fromEntries(
        ["color-contrast-enhanced", "identical-links-same-purpose", "meta-refresh-no-exceptions", "target-size"].map(
          (rule) => [rule, { enabled: true }],
        ),
      ),
    };
    const results = await globalThis.axe.run(document, options);
    const wrong = results.violations.map(
      (found) => `${found.id}: ${found.nodes.map((node) => node.target.join(" ")).join(", ")}`,
    );
    const wide = document.documentElement.scrollWidth - document.documentElement.clientWidth;
    if (wide > 0) wrong.push(`${wide} px wider than the window`);
    for (const one of document.querySelectorAll("a[href], button, input:not([type=hidden]), select, textarea, summary")) {
      // A label is touched for what it stands beside.
      const target = one.closest("label") ?? one;
      const boxes = [one, target].map((part) => part.getBoundingClientRect());
      const [width, height] = ["width", "height"].map((side) => Math.max(...boxes.map((box) => box[side])));
      const there = target.checkVisibility() && !target.matches(".skip");
      if (there && (width < 48 || height < 48)) {
        wrong.push(`${target.textContent.trim() || target.id}: ${width} by ${height} px, too small for a finger`);
      }
    }
    if (globalThis.shifted > 0.02) wrong.push(`what is shown moved by ${globalThis.shifted}`);
    for (const directive of globalThis.forbidden) wrong.push(`forbidden by the page's policy: ${directive}`);
    return wrong;
  });
  return [...wrong, ...page.mishaps];
};

// A person types when the page is whole and the cursor stands where it belongs. Browsers put it there before they draw a frame, and
// what is on a page can be read earlier (a number was typed beside its field, 2026-11-23).
const settled = async (page) => {
  await page.waitForLoadState();
  if (page.stopped) return;
  const frame = page.evaluate(() => new Promise((done) => requestAnimationFrame(() => done())));
  // A page that gave way to another meanwhile draws none.
  await frame.catch(() => settled(page));
};

const commands = {
  async open({ page: name, width, height, script, patience = 30_000 }) {
    const context = await browser.newContext({
      viewport: { width, height },
      locale: "zh-CN",
      javaScriptEnabled: script,
      // Colours are looked at as soon as they change.
      reducedMotion: "reduce",
    });
    context.setDefaultTimeout(patience);
    const page = await context.newPage();
    await page.addInitScript(watch);
    page.mishaps = [];
    page.on("pageerror", (error) => page.mishaps.push(String(error)));
    page.answers = [];
    page.on("response", (response) => page.answers.push(new URL(response.url()).pathname));
    // What opens beside a page is found under a name of its own.
    page.on("popup", (beside) => pages.set(`${name} beside`, beside));
    pages.set(name, page);
  },
  async stopClock({ page }) {
    await page.clock.install();
    page.stopped = true;
  },
  async pass({ page, seconds }) {
    await page.clock.runFor(seconds * 1000);
  },
  async resize({ page, width, height }) {
    await page.setViewportSize({ width, height });
  },
  async goto({ page, url }) {
    const response = await page.goto(url);
    return { status: response.status(), headers: response.headers() };
  },
  async click({ page, role, name, nth = 0 }) {
    await page.getByRole(role, { name }).nth(nth).click();
  },
  // Clicks what a person finds by what is written on it. What is hidden and what only screen readers are told does not count.
  async clickLabel({ page, label }) {
    const written = page.getByText(label).filter({ visible: true });
    await page.locator("a[href], button, summary").filter({ has: written, visible: true }).first().click();
  },
  // Clicks likewise, and waits for the page that opens beside this one.
  async clickBeside({ page, label }) {
    const opened = page.waitForEvent("popup");
    await commands.clickLabel({ page, label });
    await (await opened).waitForLoadState();
  },
  async address({ page }) {
    return page.url();
  },
  async evaluate({ page, expression }) {
    return page.evaluate(expression);
  },
  async clickOn({ page, selector }) {
    await page.locator(selector).first().click();
  },
  // Clicks what sends a form, and waits for what comes of it. A form that a script sends is answered in place.
  async send({ page, selector }) {
    const one = page.locator(selector).first();
    const quiet = await one.evaluate((one) => {
      const quiet = one.form?.dataset.quiet !== undefined;
      if (quiet) globalThis.drawn = new Promise((done) => addEventListener("drawn", done, { once: true }));
      return quiet;
    });
    if (quiet) {
      await one.click();
      await page.evaluate(async () => { await globalThis.drawn; });
    } else {
      // A page that is drawn anew may get another address meanwhile: no navigation, and not what comes of the form.
      await Promise.all([page.waitForEvent("load"), one.click({ noWaitAfter: true })]);
    }
  },
  async close({ page }) {
    await page.context().close();
  },
  async fill({ page, selector, text }) {
    await page.locator(selector).first().fill(text);
  },
  // Puts a text into a field as a pasteboard does, with no keys.
  async paste({ page, selector, text }) {
    await page.locator(selector).first().evaluate((field, text) => {
      const how = { inputType: "insertFromPaste", data: text, bubbles: true };
      field.focus();
      field.dispatchEvent(new InputEvent("beforeinput", how));
      field.value = text;
      field.dispatchEvent(new InputEvent("input", how));
    }, text);
  },
  async choose({ page, selector, path }) {
    await page.locator(selector).first().setInputFiles(path);
  },
  async dark({ page }) {
    await page.emulateMedia({ colorScheme: "dark" });
  },
  async light({ page }) {
    await page.emulateMedia({ colorScheme: "light" });
  },
  // Waits until an expression is true on the page. Asked from here: the pages' policy lets no text become a function there.
  async until({ page, expression }) {
    const patience = Date.now() + 30_000;
    // Between two pages there is nothing to ask.
    while (!(await page.evaluate(expression).catch(() => false))) {
      if (Date.now() > patience) throw new Error(`it did not come true: ${await page.locator("body").innerText()}`);
      await new Promise((done) => setTimeout(done, 20));
    }
  },
  // Draws a finger (or the mouse) across the middle of an element, this many pixels to the right.
  async swipe({ page, selector, across }) {
    const { x, y, width, height } = await page.locator(selector).first().boundingBox();
    const [from, down] = [x + (width - across) / 2, y + height / 2];
    await page.mouse.move(from, down);
    await page.mouse.down();
    await page.mouse.move(from + across, down, { steps: 4 });
    await page.mouse.up();
  },
  // Goes through the page by the Tab key. What is wrong: something that cannot be reached, or on which the focus is not seen.
  async walk({ page }) {
    const all = await page.evaluate(() => {
      document.activeElement?.blur();
      const some = [...document.querySelectorAll("a[href], button, input, select, textarea, summary")];
      globalThis.reached = new Set();
      globalThis.reachable = some.filter(
        (one) => one.checkVisibility({ visibilityProperty: true }) && !one.disabled && one.tabIndex >= 0 && one.type !== "hidden",
      );
      return globalThis.reachable.length;
    });
    const wrong = [];
    for (let times = 0; times < 2 * all + 5; times += 1) {
      await page.keyboard.press("Tab");
      const told = await page.evaluate(() => {
        const one = document.activeElement;
        if (one === document.body || globalThis.reached.has(one)) return null;
        globalThis.reached.add(one);
        const rings = [one, one.closest("label")].filter(Boolean).map((ring) => getComputedStyle(ring));
        const seen = rings.some((style) => style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2);
        return seen ? null : `${one.textContent.trim() || one.name}: has the focus, and nothing shows it`;
      });
      if (told) wrong.push(told);
    }
    const missed = await page.evaluate(() =>
      globalThis.reachable
        // Of several radio buttons of one name the Tab key reaches one.
        .filter((one) => one.isConnected && one.type !== "radio" && !globalThis.reached.has(one))
        .map((one) => `${one.textContent.trim() || one.name || one.id}: out of reach of the Tab key`),
    );
    return [...wrong, ...missed];
  },
  async press({ page, key }) {
    await settled(page);
    await page.keyboard.press(key);
  },
  async type({ page, text }) {
    await settled(page);
    await page.keyboard.type(text);
  },
  async insert({ page, text }) {
    await settled(page);
    await page.keyboard.insertText(text);
  },
  // What has the focus, in words.
  async focused({ page }) {
    return page.evaluate(() => {
      const one = document.activeElement;
      const seen = one.closest("label") ?? one;
      const visible = getComputedStyle(seen).outlineStyle !== "none" && parseFloat(getComputedStyle(seen).outlineWidth) >= 2;
      return { text: seen.textContent.trim(), visible, tag: one.tagName };
    });
  },
  async see({ page, text }) {
    await page.getByText(text).first().waitFor();
  },
  async at({ page, path }) {
    await page.waitForURL((url) => url.pathname === path || url.pathname.startsWith(`${path}/`));
    await page.waitForLoadState();
    return page.url();
  },
  // Waits until the page was answered this often at a path.
  async answered({ page, path, times }) {
    while (page.answers.filter((one) => one === path).length < times) await page.waitForEvent("response");
  },
  // Puts something of the test's own in place of what the page shows.
  async show({ page, html }) {
    await page.evaluate((html) => { document.body.innerHTML = html; }, html);
  },
  async text({ page, selector }) {
    return page.locator(selector).allInnerTexts();
  },
  async picture({ page, selector, nth = 0 }) {
    return (await page.locator(selector).nth(nth).screenshot()).toString("base64");
  },
  async screenshot({ page, path }) {
    await page.screenshot({ path, fullPage: true });
  },
  // What is on the screen, without scrolling.
  async view({ page, path }) {
    return (await page.screenshot({ path })).toString("base64");
  },
  async inspect({ page }) {
    return inspect(page);
  },
  async pdf({ page, path }) {
    await page.pdf({ path, preferCSSPageSize: true });
  },
  async printed({ page }) {
    return page.evaluate(() => globalThis.printed ?? 0);
  },
  async countPrints({ page }) {
    await page.evaluate(() => {
      globalThis.printed = 0;
      globalThis.print = () => { globalThis.printed += 1; };
    });
  },
  async cookies({ page }) {
    return page.context().cookies();
  },
  async fetch({ page, url, method, form, headers }) {
    const answer = await page.context().request.fetch(url, { method, form, headers, maxRedirects: 0 });
    return { status: answer.status(), body: await answer.text() };
  },
};

for await (const line of createInterface({ input: process.stdin })) {
  let answer;
  try {
    const { do: name, page, ...rest } = JSON.parse(line);
    const value = await commands[name]({ page: name === "open" ? page : pages.get(page), ...rest });
    answer = { ok: value ?? null };
  } catch (error) {
    answer = { error: String(error?.message ?? error) };
  }
  process.stdout.write(`${JSON.stringify(answer)}\n`);
}
await browser.close();
