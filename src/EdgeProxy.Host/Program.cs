using EdgeProxy.Host.Commands;
using EdgeProxy.Host.Server;

// Before anything else is loaded: with too few descriptors, that fails.
return DescriptorLimit.IsEnough(DescriptorLimit.Raise()) ? await RunAsync(args) : 1;

static Task<int> RunAsync(string[] arguments)
{
    InlineTransport.Enable();
    return new CommandLine(ProxyRunner.RunAsync).RunAsync(arguments);
}
