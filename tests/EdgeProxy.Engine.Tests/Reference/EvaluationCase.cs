using EdgeProxy.Engine.Model;

namespace EdgeProxy.Engine.Tests.Reference;

/// <summary>A model and somebody to evaluate it for; prints as the context of an engine case.</summary>
internal sealed record EvaluationCase(EnvironmentModel Model, Identity? Identity)
{
    public override string ToString() => EvaluationCasePrinter.Print(Model, Identity);
}
