// The console in a browser: it shows what there is as text, moves the clock, and asks nobody but its server.
import { chromium } from "playwright-core";
import assert from "node:assert/strict";

const { BASE, SHOTS } = process.env;
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--no-first-run"],
});
try {
  const page = await browser.newPage();
  page.setDefaultTimeout(10_000);
  const wrong = [];
  page.on("console", message => { if (message.type() === "error" && !/favicon|status of 40[0-9]/.test(message.text() + message.location().url)) wrong.push(message.text()); });
  page.on("pageerror", error => wrong.push(String(error)));
  page.on("dialog", dialog => { wrong.push("a dialog: " + dialog.message()); dialog.dismiss(); });
  page.on("request", request => { if (!request.url().startsWith(BASE)) wrong.push("asks " + request.url()); });

  await page.goto(BASE + "/");
  assert.equal(page.url(), BASE + "/_pileus/console");
  await page.getByRole("heading", { name: "sqs" }).waitFor();
  await page.getByText("QueueUrls (1)").click();
  await page.getByText("/000000000000/orders").waitFor();

  await page.getByText("2026-01-01T00:00:00Z").waitFor();
  await page.getByRole("button", { name: "+15 min" }).click();
  await page.getByText("2026-01-01T00:15:00Z").waitFor();

  await page.getByRole("button", { name: "Requests" }).click();
  await page.getByText("sqs.SendMessage").click();
  await page.getByText("sqs send-message --cli-input-json").waitFor();
  await page.getByRole("button", { name: "copy as aws command" }).waitFor();
  await page.getByRole("button", { name: "back" }).click();
  await page.getByRole("combobox").selectOption("errors");
  await page.getByText("AWS.SimpleQueueService.NonExistentQueue").or(page.getByText("QueueDoesNotExist")).first().waitFor();

  await page.getByRole("button", { name: "Queues" }).click();
  await page.getByText("/000000000000/orders").click();
  await page.getByText("<img src=x onerror=alert(1)>").waitFor();
  await page.getByText("0 times").waitFor();
  if (SHOTS) await page.screenshot({ path: SHOTS + "/console.png" });

  await page.getByRole("button", { name: "Sent" }).click();
  await page.getByRole("heading", { name: "SNS: deliveries" }).waitFor();
  assert.deepEqual(wrong, []);
} finally {
  await browser.close();
}
