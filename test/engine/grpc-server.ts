import { Server, ServerCredentials, type ServiceDefinition, type UntypedServiceImplementation } from "@grpc/grpc-js";

export interface RunningServer {
  readonly port: number;
  stop(): void;
}

/** Serves on a free port of the loopback interface. */
export async function serve(
  service: ServiceDefinition,
  implementation: UntypedServiceImplementation,
): Promise<RunningServer> {
  const server = new Server();
  server.addService(service, implementation);
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, bound) =>
      error === null ? resolve(bound) : reject(error),
    );
  });
  return { port, stop: () => server.forceShutdown() };
}
