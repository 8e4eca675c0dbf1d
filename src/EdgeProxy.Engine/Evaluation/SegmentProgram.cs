namespace EdgeProxy.Engine.Evaluation;

/// <summary>
/// A segment's rules as a flat program: unlike a delegate tree it can be suspended while a flag is resolved, so that no
/// chain of dependencies can exhaust the stack. Register 0 holds the result. Evaluates lazily, in the order of the document.
/// </summary>
/// <param name="Instructions">The steps.</param>
/// <param name="RegisterCount">The number of registers.</param>
internal readonly record struct SegmentProgram(Instruction[] Instructions, int RegisterCount);
