using EdgeProxy.Host.Commands;
using EdgeProxy.Host.Server;

InlineTransport.Enable();
return await new CommandLine(ProxyRunner.RunAsync).RunAsync(args);
