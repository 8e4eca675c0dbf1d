using EdgeProxy.Host;
using EdgeProxy.Host.Commands;
using EdgeProxy.Host.Http;

InlineTransport.Enable();
return await new CommandLine(ProxyRunner.RunAsync).RunAsync(args);
