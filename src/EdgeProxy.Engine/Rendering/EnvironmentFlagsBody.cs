using EdgeProxy.Engine.Buffers;
using EdgeProxy.Engine.Model;

namespace EdgeProxy.Engine.Rendering;

/// <summary>
/// The flags of an environment without an identity, as a JSON array: without variant and reason, which are of identities
/// (docs/spec/sdk-api.md 5.2).
/// </summary>
internal sealed class EnvironmentFlagsBody
{
    private readonly ReadOnlyMemory<byte> _json;

    // The first byte of each flag and the one behind it; equal if it is left out.
    private readonly (int Start, int End)[] _flags;

    /// <param name="rendered">All flags.</param>
    /// <param name="flags">The flag of each feature.</param>
    /// <param name="audience">The readers.</param>
    public EnvironmentFlagsBody(RenderedFlags rendered, ReadOnlySpan<int> flags, FlagAudience audience)
    {
        using var json = new PooledList<byte>(rendered.Measure(flags, audience));
        _flags = new (int, int)[flags.Length];
        json.Add((byte)'[');
        for (var i = 0; i < flags.Length; i++)
        {
            if (rendered.IsLeftOut(flags[i], audience))
            {
                continue;
            }

            if (json.Count > 1)
            {
                json.Add((byte)',');
            }

            var start = json.Count;
            var text = rendered.Text(flags[i], audience);
            var layout = FlagLayout.Of(in text);
            json.AddRange(text.Head[..layout.DetailsStart]);
            json.AddRange(FlagLayout.BeforeValue);
            json.AddRange(text.Value(in layout));
            _flags[i] = (start, json.Count);
        }

        json.Add((byte)']');
        var length = json.Count;
        _json = json.TakeArray().AsMemory(0, length);
    }

    /// <summary>All flags.</summary>
    public ReadOnlyMemory<byte> All => _json;

    /// <summary>Returns one flag, by its feature's place; empty if it is left out.</summary>
    public ReadOnlyMemory<byte> Single(int place) => _json[_flags[place].Start.._flags[place].End];
}
