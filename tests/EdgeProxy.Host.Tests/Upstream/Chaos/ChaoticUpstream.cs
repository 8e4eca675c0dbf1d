using EdgeProxy.Host.Testing;
using EdgeProxy.Host.Testing.Faults;
using Microsoft.AspNetCore.Http;

namespace EdgeProxy.Host.Tests.Upstream.Chaos;

/// <summary>An upstream whose document gets newer all the time, and that misbehaves at random.</summary>
internal sealed class ChaoticUpstream : IAsyncDisposable
{
    private const double FaultRate = 0.2;
    private const double ChangeRate = 0.9;

    // What lasts for longer than the whole test, or takes a good part of it, is tested elsewhere.
    private static readonly UpstreamFault[] Faults = [.. UpstreamFaults.All.Where(static fault => fault is { AsksToWait: false, IsExpensive: false })];

    private readonly FakeUpstream _upstream;
    private readonly Random _random;
    private readonly HashSet<string> _seen = [];
    private UpstreamFault? _fault;
    private int _version;

    private ChaoticUpstream(FakeUpstream upstream, int seed)
    {
        _upstream = upstream;
        _random = new Random(seed);
        Change();
        upstream.Behaviour = AnswerAsync;
    }

    /// <summary>The address.</summary>
    public Uri Address => _upstream.Address;

    /// <summary>Its version; it only grows.</summary>
    public int Version => Volatile.Read(ref _version);

    /// <summary>The number of kinds of faults.</summary>
    public int KindsOfFaults
    {
        get
        {
            lock (_random)
            {
                return _seen.Count;
            }
        }
    }

    /// <summary>Starts one.</summary>
    /// <param name="seed">Decides what goes wrong, as far as the order of requests does not.</param>
    public static async Task<ChaoticUpstream> StartAsync(int seed) => new(await FakeUpstream.StartAsync(), seed);

    /// <summary>Changes and misbehaves no more.</summary>
    public void CalmDown() => _upstream.Behaviour = null;

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _upstream.DisposeAsync();

    private Task AnswerAsync(HttpContext context)
    {
        UpstreamFault? fault;
        lock (_random)
        {
            // A further page is part of the fault that led there. Pages of two versions would be one document.
            if (!context.Request.QueryString.HasValue)
            {
                _fault = NextFault();
            }

            fault = _fault;
        }

        return fault is null ? _upstream.AnswerWithDocumentAsync(context) : fault.AnswerAsync(context, _upstream.DocumentFor(context));
    }

    private UpstreamFault? NextFault()
    {
        if (_random.NextDouble() < ChangeRate)
        {
            Change();
        }

        if (_random.NextDouble() >= FaultRate)
        {
            return null;
        }

        var fault = Faults[_random.Next(Faults.Length)];
        _seen.Add(fault.Name);
        return fault;
    }

    private void Change()
    {
        var next = _version + 1;
        _upstream.SetDocument("ser.env", ChaosDocument.Of(next));
        Volatile.Write(ref _version, next);
    }
}
