// Loaded into every Node process that the engine starts. @pulumi/pulumi takes the `typescript` it finds, and cannot use
// version 7, which has no compiler API. A pack installed on its own finds none and takes the vendored compiler.
const Module = require("node:module");

const resolveFilename = Module._resolveFilename;
Module._resolveFilename = (request, ...rest) => {
  if (request === "typescript") {
    throw Object.assign(new Error("Cannot find module 'typescript'"), { code: "MODULE_NOT_FOUND" });
  }
  return resolveFilename(request, ...rest);
};
