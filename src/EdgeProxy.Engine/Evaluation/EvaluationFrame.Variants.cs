namespace EdgeProxy.Engine.Evaluation;

/// <content>Variants, which are picked several at a time: most of what one costs is its hash.</content>
internal sealed partial class EvaluationFrame
{
    private VariantBatch? _variants;

    /// <summary>Has a variant picked, now or with the next.</summary>
    private void Pick(int place, VariantPicker picker, Span<int> outcomes)
    {
        _variants ??= new VariantBatch();
        _variants.Add(place, picker);
        if (_variants.IsFull)
        {
            PickAll(outcomes);
        }
    }

    /// <summary>Picks those that are left.</summary>
    private void PickAll(Span<int> outcomes)
    {
        if (_variants is { IsEmpty: false })
        {
            _deviates |= _variants.Pick(IdentityKey, Snapshot.EnvironmentOutcomes, outcomes);
        }
    }
}
