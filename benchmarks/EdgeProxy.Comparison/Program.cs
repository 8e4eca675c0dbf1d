using System.CommandLine;
using EdgeProxy.Comparison;

// Signals are the stand-in's business, or end the process.
return await ComparisonCommands.Root().Parse(args).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null });
