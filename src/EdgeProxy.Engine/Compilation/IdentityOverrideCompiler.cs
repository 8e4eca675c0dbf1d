using System.Text;
using EdgeProxy.Engine.Evaluation;
using EdgeProxy.Engine.Model;
using EdgeProxy.Engine.Rendering;
using EdgeProxy.Engine.Values;

namespace EdgeProxy.Engine.Compilation;

/// <summary>Renders identity overrides and sorts them by identifier.</summary>
internal sealed class IdentityOverrideCompiler
{
    /// <summary>What stands for the segment in the reason of an identity override.</summary>
    private const string SegmentName = "identity_overrides";

    private readonly FlagRenderer _renderer;
    private readonly Func<string, int> _placeOf;
    private readonly Dictionary<FeatureState, int> _rendered = [];

    public IdentityOverrideCompiler(FlagRenderer renderer, Func<string, int> placeOf)
    {
        _renderer = renderer;
        _placeOf = placeOf;
    }

    /// <summary>The table of all overrides of features that exist.</summary>
    public IdentityOverrideTable Compile(IReadOnlyList<IdentityOverride> overrides)
    {
        var identifiers = new Utf8Index();
        var found = new List<(int Identity, IdentityOverrideTable.Entry Entry)>();
        foreach (var item in overrides)
        {
            foreach (var state in item.States)
            {
                var place = _placeOf(state.Name);
                if (place >= 0)
                {
                    found.Add((
                        identifiers.Add(Encoding.UTF8.GetBytes(item.Identifier)),
                        new IdentityOverrideTable.Entry(place, Render(state))));
                }
            }
        }

        return Sort(identifiers, found);
    }

    /// <summary>Many identities are given the same: that is rendered once.</summary>
    private int Render(FeatureState state)
    {
        var content = state with { Key = "", Variants = [] };
        if (!_rendered.TryGetValue(content, out var outcome))
        {
            outcome = _renderer.Render(new FlagSource(content, SegmentName));
            _rendered.Add(content, outcome);
        }

        return outcome;
    }

    /// <summary>A counting sort, which is stable: of an identity's overrides the first in the document stays the first.</summary>
    private static IdentityOverrideTable Sort(Utf8Index identifiers, List<(int Identity, IdentityOverrideTable.Entry Entry)> found)
    {
        var firsts = new int[identifiers.Count + 1];
        foreach (var (identity, _) in found)
        {
            firsts[identity + 1]++;
        }

        for (var i = 1; i < firsts.Length; i++)
        {
            firsts[i] += firsts[i - 1];
        }

        var next = firsts.AsSpan(0, identifiers.Count).ToArray();
        var entries = new IdentityOverrideTable.Entry[found.Count];
        foreach (var (identity, entry) in found)
        {
            entries[next[identity]++] = entry;
        }

        return new IdentityOverrideTable(identifiers, firsts, entries);
    }
}
