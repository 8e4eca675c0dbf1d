using System.Text.Json;
using EdgeProxy.LoadTests.Model.Requests;

namespace EdgeProxy.LoadTests.Model.Answers;

/// <summary>
/// Checks of responses: a response that is fast and wrong is a failed request. Problems are a few
/// fixed texts, which reports can count, and quote nothing: error bodies may name the key.
/// </summary>
internal sealed class AnswerCheck
{
    private const int Ok = 200;
    private const int NotModified = 304;

    private readonly KnownFeatures _features;

    public AnswerCheck(KnownFeatures features)
    {
        _features = features;
    }

    /// <summary>The problem of a response; null if there is none.</summary>
    public string? ProblemOf(LoadRequest request, LoadAnswer answer)
    {
        if (request.Kind == RequestKind.UnchangedDocument)
        {
            return ProblemOfUnchanged(answer);
        }

        if (answer.Status != Ok)
        {
            return $"status {answer.Status}";
        }

        try
        {
            using var body = JsonDocument.Parse(answer.Body);
            return request.Kind switch
            {
                RequestKind.Flags => _features.ProblemOf(body.RootElement),
                RequestKind.Identities => ProblemOfIdentity(request, body.RootElement),
                _ => ProblemOfDocument(body.RootElement, answer.Tag),
            };
        }
        catch (JsonException)
        {
            return "the body is not JSON";
        }
    }

    // Which entity tag comes back is not checked: each coding of the document has its own.
    private static string? ProblemOfUnchanged(LoadAnswer answer) => answer switch
    {
        { Status: not NotModified } => $"status {answer.Status} where nothing changed",
        { Body.IsEmpty: false } => "a body where nothing changed",
        _ => null,
    };

    private static string? ProblemOfDocument(JsonElement document, string? tag)
    {
        if (string.IsNullOrEmpty(tag))
        {
            return "a document without an entity tag";
        }

        return document.ValueKind == JsonValueKind.Object
            && IsList(document, "feature_states")
            && document.TryGetProperty("project", out var project) && IsList(project, "segments")
                ? null
                : "not an environment document";
    }

    private string? ProblemOfIdentity(LoadRequest request, JsonElement body)
    {
        if (body.ValueKind != JsonValueKind.Object || !body.TryGetProperty("flags", out var flags))
        {
            return "an answer without flags";
        }

        return body.TryGetProperty("identifier", out var identifier)
            && identifier.ValueKind == JsonValueKind.String
            && identifier.ValueEquals(request.Identifier)
                ? _features.ProblemOf(flags)
                : "somebody else's answer";
    }

    private static bool IsList(JsonElement part, string name) =>
        part.ValueKind == JsonValueKind.Object && part.TryGetProperty(name, out var list) && list.ValueKind == JsonValueKind.Array;
}
