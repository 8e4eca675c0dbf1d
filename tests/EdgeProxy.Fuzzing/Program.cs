using System.CommandLine;
using EdgeProxy.Fuzzing;
using EdgeProxy.Host.Server;

InlineTransport.Enable(); // as the program does, before there is a socket
return await FuzzCommands.Root().Parse(args).InvokeAsync(new InvocationConfiguration());
