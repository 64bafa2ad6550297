// Runs a Node.js function against the Lambda Runtime API.
import http from "node:http";
import fs from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";

const [hostname, port] = process.env.AWS_LAMBDA_RUNTIME_API.split(":");
const agent = new http.Agent({ keepAlive: true, maxSockets: 2 });

function call(method, suffix, body) {
  return new Promise((resolve, reject) => {
    const request = http.request(
      { hostname, port, method, path: "/2018-06-01/runtime" + suffix, agent },
      (answer) => {
        const parts = [];
        answer.on("data", (part) => parts.push(part));
        answer.on("end", () => resolve({ headers: answer.headers, body: Buffer.concat(parts).toString() }));
        answer.on("error", reject);
      });
    request.on("error", reject);
    request.end(body);
  });
}

function errorOf(failure) {
  const error = failure instanceof Error ? failure : new Error(String(failure));
  return JSON.stringify({
    errorType: failure instanceof Error ? error.name : typeof failure,
    errorMessage: error.message,
    trace: (error.stack || "").split("\n"),
  });
}

async function load() {
  const handler = process.env._HANDLER;
  const slash = handler.lastIndexOf("/");
  const dot = handler.indexOf(".", slash + 1);
  const base = path.join(process.env.LAMBDA_TASK_ROOT, handler.slice(0, dot));
  const file = [".js", ".mjs", ".cjs"].map((end) => base + end).find((name) => fs.existsSync(name));
  if (!file) {
    const error = new Error(`Error: Cannot find module '${handler.slice(0, dot)}'`);
    error.name = "Runtime.ImportModuleError";
    throw error;
  }
  let target = await import(pathToFileURL(file).href);
  const names = handler.slice(dot + 1).split(".");
  const found = names.reduce((at, name) => at?.[name], target) ?? names.reduce((at, name) => at?.[name], target.default);
  if (typeof found !== "function") {
    const error = new Error(`${handler} is undefined or not exported`);
    error.name = "Runtime.HandlerNotFound";
    throw error;
  }
  return found;
}

function invoke(handler, event, context) {
  return new Promise((resolve, reject) => {
    const callback = (failure, result) => (failure ? reject(failure) : resolve(result));
    context.succeed = resolve;
    context.fail = reject;
    context.done = callback;
    const result = handler(event, context, callback);
    if (result && typeof result.then === "function") {
      result.then(resolve, reject);
    } else if (handler.length < 3 && result !== undefined) {
      resolve(result);
    }
  });
}

let handler;
try {
  handler = await load();
} catch (failure) {
  console.error(failure);
  await call("POST", "/init/error", errorOf(failure));
  process.exit(1);
}
for (;;) {
  const { headers, body } = await call("GET", "/invocation/next").catch(() => process.exit(0));
  const id = headers["lambda-runtime-aws-request-id"];
  const deadline = Number(headers["lambda-runtime-deadline-ms"]);
  const clientContext = headers["lambda-runtime-client-context"];
  const context = {
    awsRequestId: id,
    invokedFunctionArn: headers["lambda-runtime-invoked-function-arn"],
    functionName: process.env.AWS_LAMBDA_FUNCTION_NAME,
    functionVersion: process.env.AWS_LAMBDA_FUNCTION_VERSION,
    memoryLimitInMB: process.env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE,
    logGroupName: process.env.AWS_LAMBDA_LOG_GROUP_NAME,
    logStreamName: process.env.AWS_LAMBDA_LOG_STREAM_NAME,
    clientContext: clientContext ? JSON.parse(clientContext) : undefined,
    callbackWaitsForEmptyEventLoop: true,
    getRemainingTimeInMillis: () => Math.max(0, deadline - Date.now()),
  };
  try {
    const result = await invoke(handler, body ? JSON.parse(body) : null, context);
    await call("POST", `/invocation/${id}/response`, JSON.stringify(result) ?? "null");
  } catch (failure) {
    console.error(failure);
    await call("POST", `/invocation/${id}/error`, errorOf(failure));
  }
}
