using System.Text.Json;
using System.Text.Unicode;
using EdgeProxy.Engine.Model;

namespace EdgeProxy.Engine.Documents;

/// <summary>
/// Reads environment documents (docs/spec/evaluation.md 1) of every version: members may be missing, and unknown ones are
/// skipped. A document is rejected as a whole only if it cannot be an environment document; an invalid part is left out and
/// reported.
/// </summary>
internal static class EnvironmentDocumentReader
{
    /// <summary>The maximum nesting depth of documents.</summary>
    public const int MaxDepth = 1100;

    /// <summary>The name of the member with the identity overrides.</summary>
    public const string IdentityOverrides = "identity_overrides";

    /// <summary>Reads a document.</summary>
    /// <exception cref="EnvironmentDocumentException">The document is not an environment document.</exception>
    public static DocumentReadResult Read(ReadOnlyMemory<byte> document, ProblemList problems)
    {
        if (!Utf8.IsValid(document.Span))
        {
            throw new EnvironmentDocumentException("The document is not valid UTF-8.");
        }

        try
        {
            return Read(DocumentTree.Read(document), problems);
        }
        catch (JsonException exception)
        {
            throw new EnvironmentDocumentException(
                $"The document is not valid JSON (line {exception.LineNumber + 1}, byte {exception.BytePositionInLine + 1}).", exception);
        }
        catch (InvalidPartException exception)
        {
            throw new EnvironmentDocumentException($"Not an environment document: {exception.Path} {exception.Message}.", exception);
        }
    }

    private static DocumentReadResult Read(DocumentTree tree, ProblemList problems)
    {
        var root = new DocumentElement(tree, DocumentPath.Root);

        // These three members identify an environment document: their absence is thrown past the readers of parts.
        var key = root.Member("api_key").AsString();
        var featureStates = Require(root.Member("feature_states"), JsonValueKind.Array, "an array");
        var project = Require(root.Member("project"), JsonValueKind.Object, "an object");

        var parts = new PartReader(problems);
        var segments = new SegmentReader(parts).Read(project.Member("segments"));
        var name = parts.Optional(root.Member("name"), static element => element.AsOptionalString()) ?? "";
        var features = parts.Each(featureStates, parts.ReadFeatureState);
        parts.Each(root.Member(IdentityOverrides), parts.ReadIdentityOverride); // which are no list, if there is anything
        var overrides = tree.OverrideCount == 0 ? null : new DocumentOverrides(tree.Overrides, tree.OverrideCount, problems);
        var model = new EnvironmentModel
        {
            Key = key,
            Name = name,
            Features = features,
            Segments = [.. segments.Select(static segment => segment.Segment)],
            UpdatedAt = DocumentTime.Read(parts.Optional(root.Member("updated_at"), static element => element.AsOptionalString())),
            HideDisabledFlags = parts.Optional(root.Member("hide_disabled_flags"), static element => element.AsOptionalBoolean())
                ?? parts.Optional(project.Member("hide_disabled_flags"), static element => element.AsOptionalBoolean())
                ?? false,
            ServerKeyOnlyFeatureIds = parts.Each(project.Member("server_key_only_feature_ids"), static element => (object)element.AsId())
                .Cast<long>()
                .ToHashSet(),
            AllowClientTraits = parts.Optional(root.Member("allow_client_traits"), static element => element.AsOptionalBoolean()) ?? true,
            AllowClientTraitsInEvaluation = parts.Optional(root.Member("allow_client_traits_in_evaluation"), static element => element.AsOptionalBoolean()),
            PersistTraitData = PersistsTraits(project.Member("organisation"), parts),
            HideSensitiveData = parts.Optional(root.Member("hide_sensitive_data"), static element => element.AsOptionalBoolean()) ?? false,
        };
        return new DocumentReadResult(model, [.. segments.Select(static segment => segment.Path)], overrides);
    }

    /// <summary>Reads <c>persist_trait_data</c> of the organisation, which a document need not have.</summary>
    private static bool PersistsTraits(DocumentElement organisation, PartReader parts) =>
        organisation.Kind != JsonValueKind.Object
        || (parts.Optional(organisation.Member("persist_trait_data"), static element => element.AsOptionalBoolean()) ?? true);

    private static DocumentElement Require(DocumentElement element, JsonValueKind kind, string name) =>
        element.Kind == kind
            ? element
            : throw new InvalidPartException(element.Path, element.IsMissing ? "is missing" : $"is not {name}");
}
