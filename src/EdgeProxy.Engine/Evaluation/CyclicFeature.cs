namespace EdgeProxy.Engine.Evaluation;

/// <summary>A feature whose dependencies may lead into a cycle.</summary>
/// <param name="Place">The feature's place in the environment.</param>
/// <param name="Overrides">The overrides by segments that may lead into a cycle, in the order of the segments.</param>
internal readonly record struct CyclicFeature(int Place, CyclicOverride[] Overrides);
