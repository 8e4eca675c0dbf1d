using EdgeProxy.Host.Common;
using EdgeProxy.Host.Fleet;
using EdgeProxy.Host.Fleet.Redis;

namespace EdgeProxy.Host.Commands.Checks;

/// <summary>Reads from the store of a fleet, if there is one.</summary>
internal static class StoreCheck
{
    private const string Name = "store";

    /// <summary>Runs the check.</summary>
    public static async Task RunAsync(CheckContext context, CheckReport report, CancellationToken cancellationToken)
    {
        var fleet = context.Options.Fleet;
        if (fleet.Store is null || FleetAddress.Parse(fleet.Store) is not { } address)
        {
            return;
        }

        await using var store = new RedisFleetStore(new RedisConnection(address, fleet.Timeout, TimeProvider.System), fleet.Prefix);
        try
        {
            var members = await store.ReadMembersAsync().WaitAsync(fleet.Timeout * 2, TimeProvider.System, cancellationToken); // to connect, and to ask
            report.Ok(Name, $"{address} answers; {Quantity.Of(members.Count, "instance")} of this fleet there");
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            // Catches everything, as the proxy does: each client library and server has failures of its own.
            report.Failure(
                Name,
                $"{address}: {store.Describe(exception)}",
                "Check fleet.store, and whether the server runs. Without the store each instance works on its own");
        }
    }
}
