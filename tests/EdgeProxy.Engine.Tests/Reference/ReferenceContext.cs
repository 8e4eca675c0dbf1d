using EdgeProxy.Engine.Model;

namespace EdgeProxy.Engine.Tests.Reference;

/// <summary>The values that conditions compare (docs/spec/evaluation.md 4).</summary>
internal sealed class ReferenceContext(EnvironmentModel model, Identity? identity)
{
    private ReferenceFlags? _flags;

    public EnvironmentModel Model { get; } = model;

    public Identity? Identity { get; } = identity;

    /// <summary>The flags that conditions can read (docs/spec/flag-dependencies.md 2.1).</summary>
    public ReferenceFlags Flags => _flags ??= new ReferenceFlags(this);

    /// <summary>The identity key (docs/spec/evaluation.md 2.1); null without an identity.</summary>
    public string? IdentityKey { get; } =
        identity is null ? null
        : string.IsNullOrEmpty(identity.Key) ? $"{model.Key}_{identity.Identifier}"
        : identity.Key;

    /// <summary>
    /// The value a condition looks at: a string, a <see cref="System.Numerics.BigInteger"/>, a double, a boolean,
    /// or null for none.
    /// </summary>
    public object? ValueFor(SegmentCondition condition)
    {
        if (condition.Operator == ConditionOperators.PercentageSplit && condition.Property.Length == 0)
        {
            return PythonText.ToObjectFromText(IdentityKey);
        }

        if (condition.Property.Length == 0)
        {
            return null; // not even a trait that is named so
        }

        var value = Trait(condition.Property);
        if (value.Kind == ScalarKind.Null && condition.Property.StartsWith("$.", StringComparison.Ordinal))
        {
            value = ReferencePath.Find(condition.Property, this);
        }

        return value.Kind == ScalarKind.String ? PythonText.ToObjectFromText(value.Text) : PythonText.ToObject(value);
    }

    private ScalarValue Trait(string name) =>
        Identity is not null && Identity.Traits.TryGetValue(name, out var value) ? value : ScalarValue.Null;
}
