using System.Runtime.CompilerServices;
using EdgeProxy.Host.Server;

namespace EdgeProxy.Host.Testing;

/// <summary>Proxies of tests answer requests where production does; the program switches that on before anything has a socket.</summary>
internal static class ProductionTransport
{
#pragma warning disable CA2255 // A library may not initialize modules, because whoever uses it does not expect it. Tests do.
    [ModuleInitializer]
#pragma warning restore CA2255
    internal static void Enable() => InlineTransport.Enable();
}
