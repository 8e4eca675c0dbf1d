using EdgeProxy.Host.Http.Identities;

namespace EdgeProxy.Host.Http.Ofrep;

/// <summary>Answers to requests whose context cannot be used (docs/spec/ofrep.md 3).</summary>
internal static class ContextProblems
{
    /// <summary>Answers with 400.</summary>
    public static Task Answer(Exchange exchange, ContextProblem problem) => problem == ContextProblem.NotJson
        ? OfrepErrors.NotJson(exchange)
        : OfrepErrors.ContextInvalid(exchange, Describe(problem));

    private static string Describe(ContextProblem problem) => problem switch
    {
        ContextProblem.BodyNotObject => "The body must be a JSON object",
        ContextProblem.ContextNotObject => "context must be an object",
        ContextProblem.TargetingKeyType => "targetingKey must be a string or a number",
        ContextProblem.TargetingKeyText => $"targetingKey must be text of at most {IdentityJson.MaxCharacters} characters",
        _ => "context has more attributes than limits.max_traits allows",
    };
}
