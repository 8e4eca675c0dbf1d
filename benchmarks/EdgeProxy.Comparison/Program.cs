using EdgeProxy.Comparison;

return await ComparisonCommands.Root().Parse(args).InvokeAsync();
