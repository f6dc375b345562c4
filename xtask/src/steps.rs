//! Steps in order, each with its name and how long it took.

use std::time::{Duration, Instant};

use crate::command::Failure;

type Action<'a> = Box<dyn FnOnce() -> Result<(), Failure> + 'a>;

/// Steps that run one after the other and stop at the first failure.
pub struct Steps<'a> {
    steps: Vec<(&'static str, Action<'a>)>,
}

impl<'a> Steps<'a> {
    /// No steps yet.
    pub fn new() -> Self {
        Self { steps: Vec::new() }
    }

    /// One more step at the end.
    pub fn add(&mut self, name: &'static str, action: impl FnOnce() -> Result<(), Failure> + 'a) {
        self.steps.push((name, Box::new(action)));
    }

    /// Runs them all, telling each one's name before and its duration after.
    pub fn run(self) -> Result<(), Failure> {
        let total = self.steps.len();
        let start = Instant::now();
        let mut durations = Vec::with_capacity(total);
        for (index, (name, action)) in self.steps.into_iter().enumerate() {
            let number = index + 1;
            println!("\n== {number}/{total} {name}");
            let start = Instant::now();
            let result = action();
            let duration = start.elapsed();
            if let Err(failure) = result {
                return Err(Failure::new(format!(
                    "step {number}/{total}, {name}, failed after {}: {failure}",
                    seconds(duration)
                )));
            }
            println!("== {number}/{total} {name}: {}", seconds(duration));
            durations.push((name, duration));
        }
        println!("\nAll {total} steps passed in {}:", seconds(start.elapsed()));
        for (name, duration) in durations {
            println!("{:>9}  {name}", seconds(duration));
        }
        Ok(())
    }
}

fn seconds(duration: Duration) -> String {
    format!("{:.1} s", duration.as_secs_f64())
}

#[cfg(test)]
mod tests {
    use std::cell::RefCell;

    use super::Steps;
    use crate::command::Failure;

    #[test]
    fn the_first_failure_names_its_step_and_stops_the_rest() {
        let ran = RefCell::new(Vec::new());
        let mut steps = Steps::new();
        steps.add("one", || {
            ran.borrow_mut().push(1);
            Ok(())
        });
        steps.add("two", || {
            ran.borrow_mut().push(2);
            Err(Failure::new("it broke"))
        });
        steps.add("three", || {
            ran.borrow_mut().push(3);
            Ok(())
        });
        let told = steps.run().expect_err("step two fails").to_string();
        assert_eq!(*ran.borrow(), [1, 2]);
        assert!(told.contains("2/3, two"), "{told}");
        assert!(told.ends_with("it broke"), "{told}");
    }
}
