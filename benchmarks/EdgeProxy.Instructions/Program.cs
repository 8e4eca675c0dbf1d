return EdgeProxy.Instructions.InstructionRun.Run(args, Console.Out);
