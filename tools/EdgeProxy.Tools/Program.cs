using System.CommandLine;
using EdgeProxy.Tools;

// The stand-in handles signals itself.
return await ToolCommands.Root().Parse(args).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null });
