// Stand-in for pulumi-language-nodejs, whose Go module cannot be had everywhere. It starts the same two entry points of
// @pulumi/pulumi with the same arguments: cmd/run for a program, cmd/run-policy-pack for a policy pack.
const { spawn } = require("node:child_process");
const { Server, ServerCredentials } = require("@grpc/grpc-js");
const { LanguageRuntimeService } = require("@pulumi/pulumi/proto/language_grpc_pb");
const language = require("@pulumi/pulumi/proto/language_pb");
const { PluginInfo } = require("@pulumi/pulumi/proto/plugin_pb");
const { Empty } = require("google-protobuf/google/protobuf/empty_pb");

/** Exit code of cmd/run after it has shown the error itself. */
const errorAlreadyShown = 32;
const engineAddress = process.argv.filter((argument) => !argument.startsWith("-")).at(-1);

function run(call, done) {
  const request = call.request;
  const folder = request.getInfo().getProgramDirectory();
  const env = {
    ...process.env,
    PULUMI_CONFIG: JSON.stringify(Object.fromEntries(request.getConfigMap().toObject())),
    PULUMI_CONFIG_SECRET_KEYS: JSON.stringify(request.getConfigsecretkeysList()),
    PULUMI_NODEJS_TYPESCRIPT: "true",
    PULUMI_NODEJS_TRANSPILE_ONLY: "true",
  };
  const child = spawn(process.execPath, [entryPoint("run", folder), ...runArguments(request, folder)], {
    cwd: folder,
    env,
  });
  child.stdout.pipe(process.stdout);
  child.stderr.pipe(process.stderr);
  child.on("close", (code) => {
    const response = new language.RunResponse();
    response.setBail(code === errorAlreadyShown);
    response.setError(
      code === 0 || code === errorAlreadyShown ? "" : `Program exited with non-zero exit code: ${code}`,
    );
    done(null, response);
  });
}

function runArguments(request, folder) {
  const options = {
    monitor: request.getMonitorAddress(),
    engine: engineAddress,
    organization: request.getOrganization(),
    project: request.getProject(),
    "root-directory": request.getInfo().getRootDirectory(),
    stack: request.getStack(),
    pwd: folder,
    parallel: String(request.getParallel()),
  };
  const given = Object.entries(options).filter(([, value]) => value !== "");
  const dryRun = request.getDryrun() ? ["--dry-run"] : [];
  return [...given.flatMap(([name, value]) => [`--${name}`, value]), ...dryRun, request.getInfo().getEntryPoint()];
}

function runPlugin(call) {
  const request = call.request;
  const folder = request.getInfo().getProgramDirectory();
  const env = { ...process.env, ...Object.fromEntries(request.getEnvList().map(nameAndValue)) };
  const child = spawn(process.execPath, [entryPoint("run-policy-pack", folder), ...request.getArgsList(), folder], {
    cwd: folder,
    env,
  });
  child.stdout.on("data", (chunk) => call.write(response("setStdout", chunk)));
  child.stderr.on("data", (chunk) => call.write(response("setStderr", chunk)));
  child.on("close", (code) => {
    call.write(response("setExitcode", code ?? 1));
    call.end();
  });
  call.on("cancelled", () => child.kill());
}

function response(setter, value) {
  const message = new language.RunPluginResponse();
  message[setter](value);
  return message;
}

function nameAndValue(setting) {
  const index = setting.indexOf("=");
  return [setting.slice(0, index), setting.slice(index + 1)];
}

function entryPoint(name, folder) {
  return require.resolve(`@pulumi/pulumi/cmd/${name}`, { paths: [folder] });
}

const server = new Server();
server.addService(LanguageRuntimeService, {
  handshake: (_call, done) => done(null, new language.LanguageHandshakeResponse()),
  getPluginInfo: (_call, done) => done(null, new PluginInfo()),
  getRequiredPackages: (_call, done) => done(null, new language.GetRequiredPackagesResponse()),
  getRequiredPlugins: (_call, done) => done(null, new language.GetRequiredPluginsResponse()),
  run,
  runPlugin,
  cancel: (_call, done) => done(null, new Empty()),
});
server.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, port) => {
  if (error) {
    throw error;
  }
  console.log(port);
});
