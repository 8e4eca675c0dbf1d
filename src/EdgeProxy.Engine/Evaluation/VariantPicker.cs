namespace EdgeProxy.Engine.Evaluation;

/// <summary>The variants of one feature state, as consecutive ranges from 0 to 100 percent.</summary>
internal sealed class VariantPicker
{
    private readonly Range[] _ranges;
    private readonly int _control;

    /// <param name="featureKey">The key of the feature state; seeds the hash.</param>
    /// <param name="ranges">The percentage range of each variant, in order.</param>
    /// <param name="control">The flag outside of all ranges.</param>
    public VariantPicker(byte[] featureKey, Range[] ranges, int control)
    {
        FeatureKey = featureKey;
        _ranges = ranges;
        _control = control;
    }

    /// <summary>The flags of all variants.</summary>
    public IEnumerable<int> Outcomes => _ranges.Select(static range => range.Outcome);

    /// <summary>The key of the feature state.</summary>
    public byte[] FeatureKey { get; }

    /// <summary>Returns the flag for an identity.</summary>
    /// <param name="point">The hash of <see cref="FeatureKey"/> and identity key, from 0 to 100.</param>
    public int Pick(double point)
    {
        foreach (ref readonly var range in _ranges.AsSpan())
        {
            if (range.Start <= point && point < range.End)
            {
                return range.Outcome;
            }
        }

        return _control;
    }

    /// <summary>The range of a variant.</summary>
    /// <param name="Start">The start, inclusive.</param>
    /// <param name="End">The end, exclusive.</param>
    /// <param name="Outcome">The flag.</param>
    internal readonly record struct Range(double Start, double End, int Outcome);
}
