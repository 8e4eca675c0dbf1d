using EdgeProxy.Engine.Documents;
using EdgeProxy.Engine.Evaluation;
using EdgeProxy.Engine.Model;
using EdgeProxy.Engine.Values;

namespace EdgeProxy.Engine.Explanation;

/// <summary>
/// Explains evaluations of an environment (docs/spec/explain.md 2): which override decided a flag, which condition held, with
/// which value. Immutable, and safe to use from any number of threads. It interprets the environment, and so takes far more
/// time and memory than an evaluation: it is for people, not for requests of SDKs.
/// </summary>
internal sealed class EnvironmentExplainer
{
    private readonly DocumentOverrides? _overrides;

    private EnvironmentExplainer(EnvironmentModel model, DocumentOverrides? overrides)
    {
        Model = model;
        _overrides = overrides;
    }

    /// <summary>The environment; without its identity overrides, if it was read from a document.</summary>
    public EnvironmentModel Model { get; }

    /// <summary>Creates an explainer of a model.</summary>
    /// <param name="model">The environment. It must not change afterwards.</param>
    public static EnvironmentExplainer Create(EnvironmentModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        return new EnvironmentExplainer(model, overrides: null);
    }

    /// <summary>Creates an explainer of an environment document (docs/spec/evaluation.md 1).</summary>
    /// <param name="document">JSON in UTF-8, as the Flagsmith API returns it. Kept, and must not change afterwards.</param>
    /// <exception cref="EnvironmentDocumentException">The document is rejected as a whole; the message says why.</exception>
    public static EnvironmentExplainer Create(ReadOnlyMemory<byte> document)
    {
        try
        {
            var read = EnvironmentDocumentReader.Read(document, new ProblemList(new StepBudget()));
            return new EnvironmentExplainer(read.Model, read.Overrides);
        }
        catch (StepBudgetException exception)
        {
            throw new EnvironmentDocumentException(exception.Message, exception);
        }
    }

    /// <summary>
    /// Explains the flags of an identity. What is found here is what the evaluation gives, unless that exhausts its budget of
    /// steps (docs/spec/evaluation.md 8), which depends on the order of evaluation.
    /// </summary>
    /// <param name="identity">The identity; null for environment flags (docs/spec/evaluation.md 2.6).</param>
    /// <param name="feature">The name of the only feature to explain; null for all. One that does not exist gives no flags.</param>
    /// <param name="isComplete">True to evaluate also what did not decide: conditions after the deciding one, and weaker overrides.</param>
    /// <param name="evaluated">The flags as they were evaluated, which are then the result; null for those that are found here.</param>
    /// <exception cref="InsufficientExecutionStackException">Flags depend on each other in chains too long for the stack of this thread.</exception>
    public EnvironmentExplanation Explain(Identity? identity = null, string? feature = null, bool isComplete = false, IReadOnlyDictionary<string, FlagResult>? evaluated = null)
    {
        var identityKey = identity is null ? null : string.IsNullOrEmpty(identity.Key) ? $"{Model.Key}_{identity.Identifier}" : identity.Key;
        var frame = new EvaluationFrame();
        var trace = new EvaluationTrace(Model, new FlagDecider(OverridesOf(identity), identityKey, frame));
        var walker = new SegmentWalker(new ConditionWalker(new PropertyReader(Model, identity, identityKey, trace, frame), frame));
        trace.Run(walker);
        var explainer = new FlagExplainer(Model, identity, isComplete ? walker : null, evaluated);
        var nodes = trace.Nodes.Where(node => feature is null || node.State.Name == feature);
        return new EnvironmentExplanation(identityKey, [.. nodes.Select(explainer.Explain)]);
    }

    private IReadOnlyDictionary<string, FeatureState> OverridesOf(Identity? identity)
    {
        var overrides = new OverridesOfIdentity(identity?.Identifier ?? "");
        if (identity is not null)
        {
            overrides.Add(Model.IdentityOverrides);
            _overrides?.ReadAgainTo(overrides);
        }

        return overrides.States;
    }
}
