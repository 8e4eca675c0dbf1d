namespace EdgeProxy.Engine.Evaluation;

/// <summary>A step of a <see cref="SegmentProgram"/>; see <see cref="Opcode"/> for what the operands are.</summary>
internal readonly record struct Instruction(Opcode Opcode, int A, int B = 0, bool Flag = false, Matcher? Matcher = null);
