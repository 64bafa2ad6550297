// Runs a Node.js function against the Lambda Runtime API.
import http from "node:http";
import fs from "node:fs";
import path from "node:path";
import util from "node:util";
import { Writable } from "node:stream";
import { pathToFileURL } from "node:url";

const [hostname, port] = process.env.AWS_LAMBDA_RUNTIME_API.split(":");
const agent = new http.Agent({ keepAlive: true, maxSockets: 2 });
const STREAMING = Symbol.for("aws.lambda.runtime.handler.streaming");
const INTEGRATION = "application/vnd.awslambda.http-integration-response";
let requestId = "undefined";

function options(method, suffix, headers) {
  return { hostname, port, method, path: "/2018-06-01/runtime" + suffix, agent, headers };
}

function call(method, suffix, body, headers) {
  return new Promise((resolve, reject) => {
    const request = http.request(options(method, suffix, headers), (answer) => {
      const parts = [];
      answer.on("data", (part) => parts.push(part));
      answer.on("end", () => resolve({ headers: answer.headers, body: Buffer.concat(parts).toString() }));
      answer.on("error", reject);
    });
    request.on("error", reject);
    request.end(body);
  });
}

// ---- the log --------------------------------------------------------------------------------------------------------

function line(level, text) {
  fs.writeSync(1, `${new Date().toISOString()}\t${requestId}\t${level}\t${text}\n`);
}

for (const [name, level] of [
  ["log", "INFO"], ["info", "INFO"], ["warn", "WARN"], ["error", "ERROR"], ["debug", "DEBUG"], ["trace", "TRACE"]]) {
  console[name] = (...values) => line(level, util.format(...values));
}

function named(type, message) {
  const error = new Error(message);
  error.name = type;
  error.stack = `${type}: ${message}` + error.stack.slice(error.stack.indexOf("\n"));
  return error;
}

function errorOf(failure) {
  const isError = util.types.isNativeError(failure) || failure instanceof Error;
  return JSON.stringify({
    errorType: isError ? failure.name : typeof failure,
    errorMessage: isError ? failure.message : String(failure),
    trace: isError ? String(failure.stack).split("\n") : [],
  });
}

function show(title, failure) {
  const { errorType, errorMessage, trace } = JSON.parse(errorOf(failure));
  line("ERROR", `${title} \t${JSON.stringify({ ...failure, errorType, errorMessage, stack: trace })}`);
}

// ---- streaming ------------------------------------------------------------------------------------------------------

class ResponseStream extends Writable {
  constructor(id) {
    super({ highWaterMark: 64 * 1024 });
    this.id = id;
    this.type = "application/octet-stream";
    this.answered = new Promise((resolve, reject) => Object.assign(this, { resolve, reject }));
    this.answered.catch(() => {});
  }

  setContentType(type) {
    this.type = type;
  }

  open() {
    if (!this.request) {
      this.request = http.request(
        options("POST", `/invocation/${this.id}/response`, {
          "Content-Type": this.type,
          "Transfer-Encoding": "chunked",
          "Lambda-Runtime-Function-Response-Mode": "streaming",
        }),
        (answer) => {
          answer.resume();
          answer.on("end", this.resolve);
        });
      this.request.on("error", this.reject);
    }
    return this.request;
  }

  _write(chunk, encoding, done) {
    this.open().write(chunk, encoding, done);
  }

  _final(done) {
    this.open().end(done);
  }
}

globalThis.awslambda = {
  streamifyResponse: (handler, settings) => {
    handler[STREAMING] = "response";
    return handler;
  },
  HttpResponseStream: {
    from: (stream, prelude) => {
      stream.setContentType(INTEGRATION);
      stream.write(JSON.stringify(prelude));
      stream.write(Buffer.alloc(8));
      return stream;
    },
  },
};

async function stream(handler, event, context, id) {
  const output = new ResponseStream(id);
  try {
    await handler(event, output, context);
    if (!output.writableEnded) {
      output.end();
    }
    await output.answered;
  } catch (failure) {
    show("Invoke Error", failure);
    await call("POST", `/invocation/${id}/error`, errorOf(failure));
    output.request?.destroy();
  }
}

// ---- the handler ----------------------------------------------------------------------------------------------------

async function load() {
  const handler = process.env._HANDLER;
  const slash = handler.lastIndexOf("/");
  const dot = handler.indexOf(".", slash + 1);
  if (dot < 0) {
    throw named("Runtime.MalformedHandlerName", "Bad handler");
  }
  const module = handler.slice(0, dot);
  const base = path.resolve(process.env.LAMBDA_TASK_ROOT, module);
  const file = [".js", ".mjs", ".cjs"].map((end) => base + end).find((name) => fs.existsSync(name));
  if (!file) {
    throw named("Runtime.ImportModuleError", `Error: Cannot find module '${module}'\nRequire stack:\n- ${process.argv[1]}`);
  }
  let loaded;
  try {
    loaded = await import(pathToFileURL(file).href);
  } catch (failure) {
    if (failure instanceof SyntaxError) {
      throw named("Runtime.UserCodeSyntaxError", `SyntaxError: ${failure.message}`);
    }
    if (failure?.code === "ERR_MODULE_NOT_FOUND" || failure?.code === "MODULE_NOT_FOUND") {
      throw named("Runtime.ImportModuleError", `Error: ${failure.message}`);
    }
    throw failure;
  }
  const names = handler.slice(dot + 1).split(".");
  const find = (from) => names.reduce((at, name) => at?.[name], from);
  const found = find(loaded) ?? find(loaded.default);
  if (found === undefined) {
    throw named("Runtime.HandlerNotFound", `${handler} is undefined or not exported`);
  }
  if (typeof found !== "function") {
    throw named("Runtime.HandlerNotFound", `${handler} is not a function`);
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

function contextOf(headers) {
  const deadline = Number(headers["lambda-runtime-deadline-ms"]);
  const clientContext = headers["lambda-runtime-client-context"];
  return {
    awsRequestId: headers["lambda-runtime-aws-request-id"],
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
}

function die(title, failure) {
  show(title, failure);
  const suffix = requestId === "undefined" ? "/init/error" : `/invocation/${requestId}/error`;
  call("POST", suffix, errorOf(failure)).finally(() => process.exit(129));
}

process.on("uncaughtException", (failure) => die("Uncaught Exception", failure));
process.on("unhandledRejection", (reason) => {
  const failure = named("Runtime.UnhandledPromiseRejection", String(reason));
  failure.reason = reason;
  die("Unhandled Promise Rejection", failure);
});

let handler;
try {
  handler = await load();
} catch (failure) {
  show("Uncaught Exception", failure);
  await call("POST", "/init/error", errorOf(failure));
  process.exit(1);
}
for (;;) {
  const { headers, body } = await call("GET", "/invocation/next").catch(() => process.exit(0));
  const context = contextOf(headers);
  requestId = context.awsRequestId;
  process.env._X_AMZN_TRACE_ID = headers["lambda-runtime-trace-id"];
  const event = body ? JSON.parse(body) : null;
  if (handler[STREAMING]) {
    await stream(handler, event, context, requestId);
    continue;
  }
  try {
    const result = await invoke(handler, event, context);
    await call("POST", `/invocation/${requestId}/response`, JSON.stringify(result) ?? "null");
  } catch (failure) {
    show("Invoke Error", failure);
    await call("POST", `/invocation/${requestId}/error`, errorOf(failure));
  }
}
