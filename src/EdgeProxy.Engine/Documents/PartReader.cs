using System.Globalization;
using System.Numerics;
using System.Text.Json;
using EdgeProxy.Engine.Model;
using EdgeProxy.Engine.Values;

namespace EdgeProxy.Engine.Documents;

/// <summary>Reads the parts of a document; an invalid one is left out and reported.</summary>
internal sealed class PartReader
{
    private readonly ProblemList _problems;

    public PartReader(ProblemList problems)
    {
        _problems = problems;
    }

    /// <summary>Reads an optional part; null if it is invalid.</summary>
    public T? Optional<T>(DocumentElement element, Func<DocumentElement, T?> read)
    {
        try
        {
            return read(element);
        }
        catch (InvalidPartException exception)
        {
            Report(exception, "ignored");
            return default;
        }
    }

    /// <summary>Reads the items of an array, without invalid ones.</summary>
    public List<T> Each<T>(DocumentElement array, Func<DocumentElement, T> read)
        where T : class
    {
        var items = new List<T>();
        foreach (var element in Optional(array, static element => element.Items()) ?? [])
        {
            _problems.Reserve.Check();
            if (Optional(element, read) is { } item)
            {
                items.Add(item);
            }
        }

        return items;
    }

    /// <summary>The memory that reading leaves to others.</summary>
    public MemoryReserve Reserve => _problems.Reserve;

    /// <summary>Reports an invalid part and its consequence.</summary>
    public void Report(InvalidPartException exception, string consequence) => _problems.Add(exception.Path, $"{exception.Message}; {consequence}");

    /// <summary>Reads a feature state.</summary>
    public FeatureState ReadFeatureState(DocumentElement element)
    {
        // What nearly all have is kept once: the usual type, and no variants.
        var feature = element.Member("feature");
        return new FeatureState
        {
            Name = feature.Member("name").AsString(),
            FeatureId = feature.Member("id").AsId(),
            Type = feature.Member("type").AsOptionalString() is { } type && type != FeatureState.StandardType ? type : FeatureState.StandardType,
            Key = ReadKey(element),
            Enabled = element.Member("enabled").AsBoolean(),
            Value = element.Member("feature_state_value").AsScalar(),
            Variants = Each(element.Member("multivariate_feature_state_values"), ReadVariant) is { Count: > 0 } variants ? variants : (IReadOnlyList<Variant>)[],
            Metadata = Optional(element.Member("metadata"), static metadata => (object?)metadata.AsOptionalObject()),
        };
    }

    /// <summary>Reads the override of one identity.</summary>
    public IdentityOverride ReadIdentityOverride(DocumentElement element) => new()
    {
        Identifier = element.Member("identifier").AsString(),
        States = Each(element.Member("identity_features"), ReadFeatureState),
    };

    /// <summary>Reads the numeric id, if there is one; else the newer uuid.</summary>
    private static string ReadKey(DocumentElement element)
    {
        var id = element.Member("django_id");
        return IsZeroOrNothing(id) ? element.Member("featurestate_uuid").AsOptionalString() ?? "" : AsText(id);
    }

    private static Variant ReadVariant(DocumentElement element)
    {
        var option = element.Member("multivariate_feature_option");
        return new Variant
        {
            Value = option.Member("value").AsScalar(),
            Key = option.Member("key").AsOptionalString(),
            Weight = element.Member("percentage_allocation").AsNumber(),
            Priority = ReadPriority(element),
        };
    }

    /// <summary>Orders variants by id; those without one by their uuid, read as a number of 128 bits.</summary>
    private static BigInteger? ReadPriority(DocumentElement element)
    {
        var id = element.Member("id");
        if (!IsZeroOrNothing(id))
        {
            var number = id.AsNumber();
            return number.Kind != ScalarKind.Integer ? throw new InvalidPartException(id.Path, "is not a whole number")
                : number.Text.Length > PythonLiteral.MaxIntegerDigits ? throw new InvalidPartException(id.Path, $"has more than {PythonLiteral.MaxIntegerDigits} digits")
                : number.AsInteger();
        }

        var uuid = element.Member("mv_fs_value_uuid");
        return uuid.AsOptionalString() is not { } text ? null
            : Guid.TryParse(text, out var guid) ? new BigInteger(guid.ToByteArray(bigEndian: true), isUnsigned: true, isBigEndian: true)
            : throw new InvalidPartException(uuid.Path, "is not a uuid");
    }

    private static bool IsZeroOrNothing(DocumentElement element) =>
        element.IsUnset || (element.TryGetInteger(out var id) && id == 0);

    private static string AsText(DocumentElement id) => id.Kind == JsonValueKind.String
        ? id.AsString()
        : id.AsId().ToString(CultureInfo.InvariantCulture);
}
