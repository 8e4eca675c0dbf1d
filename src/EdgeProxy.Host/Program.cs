using EdgeProxy.Host;
using EdgeProxy.Host.Configuration;

return await new CommandLine(ProxyRunner.RunAsync).RunAsync(args);
