using System.Runtime.CompilerServices;
using Unroll.Data;
using Unroll.Numerics;

namespace Unroll.Running;

/// <content>The work that threads share.</content>
internal sealed partial class TrainingLoop
{
    /// <summary>The samples that are there, some rows at a time.</summary>
    private sealed class SampleWork(TrainingLoop loop) : ParallelWork
    {
        // A group of samples that are lanes is one thread's, and most machines' tiles divide it: a cut costs no partial tile.
        private const int Grain = SampleLanes.Group;

        private BatchRows _rows;
        private int _first;
        private int _samples;
        private int _run;

        public int Phase { get; set; }

        public bool IsGathered { get; set; }

        /// <summary>Whether a value that was gathered is not finite.</summary>
        public bool HasFault { get; private set; }

        public int Parts { get; private set; }

        [MethodImpl(FirstCall.Optimized)]
        public void Prepare(in BatchRows rows, int first, int threads)
        {
            _rows = rows;
            _first = first;
            _samples = (int)loop.Step.Samples;
            IsGathered = false;
            HasFault = false;
            int share = (_samples + threads - 1) / threads;
            _run = Math.Min(loop._network.BlockSamples, (share + Grain - 1) / Grain * Grain);
            Parts = (_samples + _run - 1) / _run;
        }

        [MethodImpl(FirstCall.Optimized)]
        public override void Run(int part)
        {
            int local = part * _run;
            int first = _first + local;
            int count = Math.Min(_run, _samples - local);
            if (!IsGathered && !loop.Step.Gather(_rows, first, count))
            {
                HasFault = true;
                return;
            }

            loop._code.TrainSamples(loop.Step, Phase, (nuint)local, (nuint)first, (nuint)count);
            loop.Step.KeepOutputs(first, count);
        }
    }

    /// <summary>The largest of each part of the gradients; the number of parts depends on nothing but theirs, and a largest on no order.</summary>
    private sealed class LargestWork(TrainingLoop loop) : ParallelWork
    {
        private const int PartFloats = 1 << 15;

        private readonly float[] _largest = new float[(loop.Step.GradientSpan.Length + PartFloats - 1) / PartFloats];

        public int Parts => _largest.Length;

        public float Result => Magnitude.Largest(_largest);

        [MethodImpl(FirstCall.Optimized)]
        public override void Run(int part)
        {
            ReadOnlySpan<float> gradients = loop.Step.GradientSpan[(part * PartFloats)..];
            _largest[part] = Magnitude.Largest(gradients[..Math.Min(PartFloats, gradients.Length)]);
        }
    }

    private sealed class PartWork(TrainingLoop loop) : ParallelWork
    {
        public int Phase { get; set; }

        [MethodImpl(FirstCall.Optimized)]
        public override void Run(int part) => loop._code.TrainPart(loop.Step, Phase, part);
    }
}
