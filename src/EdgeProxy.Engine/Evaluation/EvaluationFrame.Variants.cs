namespace EdgeProxy.Engine.Evaluation;

/// <content>Variants, which are picked several at a time: most of the cost of one is its hash.</content>
internal sealed partial class EvaluationFrame
{
    private VariantBatch? _variants;

    /// <summary>Adds a variant to pick, and picks when the batch is full.</summary>
    private void Pick(int place, VariantPicker picker, Span<int> outcomes)
    {
        _variants ??= new VariantBatch();
        _variants.Add(place, picker);
        if (_variants.IsFull)
        {
            PickAll(outcomes);
        }
    }

    /// <summary>Picks the remaining variants.</summary>
    private void PickAll(Span<int> outcomes)
    {
        if (_variants is { IsEmpty: false })
        {
            _deviates |= _variants.Pick(IdentityKey, Snapshot.EnvironmentOutcomes, outcomes);
        }
    }
}
